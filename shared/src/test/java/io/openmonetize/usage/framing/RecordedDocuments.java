package io.openmonetize.usage.framing;

import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a framing hands over: the member {@code n} of each document. */
final class RecordedDocuments implements DocumentHandler {
  private static final JsonPaths PATHS = JsonPaths.of("n");

  final List<String> events = new ArrayList<>();

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    events.add((alone ? "alone " : "") + values.raw(0));
  }

  @Override
  public void endMark() {
    events.add("end mark");
  }

  @Override
  public void unreadable(String reason) {
    events.add("! " + reason);
  }
}
