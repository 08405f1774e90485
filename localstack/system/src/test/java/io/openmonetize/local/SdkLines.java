package io.openmonetize.local;

import io.openmonetize.sdk.OpenMonetizeLogger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what the SDK has to say, but what it says only for debugging. */
final class SdkLines implements OpenMonetizeLogger {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  List<String> all() {
    return List.copyOf(lines);
  }

  @Override
  public void debug(String message) {
    // Off by default.
  }

  @Override
  public void info(String message) {
    lines.add(message);
  }

  @Override
  public void warn(String message) {
    lines.add(message);
  }

  @Override
  public void error(String message) {
    lines.add(message);
  }
}
