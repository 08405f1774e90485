package io.openmonetize.sdk.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.sdk.BillableFields;
import io.openmonetize.sdk.Provider;

/** Images, transcripts and speech: the event that completes the stream has the usage. */
final class MediaMerge implements Merge {
  private ObjectNode answer;
  private int measures;

  MediaMerge(String type) {
    answer = Merge.object().put("type", type);
  }

  @Override
  public void add(JsonNode event) {
    if (Merge.says(event.path("usage"))) {
      answer = BillableFields.of(Provider.OPENAI, event);
      measures++;
    }
  }

  /** Where several events have usage, it is not said whether the last one has it all. */
  @Override
  public boolean isWhole(boolean streamEnded) {
    return measures == 1 || measures == 0 && streamEnded;
  }

  @Override
  public ObjectNode answer() {
    return answer;
  }
}
