package io.openmonetize.sdk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines. */
final class RecordingLogger implements OpenMonetizeLogger {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void debug(String message) {
    lines.add("debug " + message);
  }

  @Override
  public void info(String message) {
    lines.add("info " + message);
  }

  @Override
  public void warn(String message) {
    lines.add("warn " + message);
  }

  @Override
  public void error(String message) {
    lines.add("error " + message);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  long count(String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }
}
