package io.openmonetize.worker;

import java.time.Duration;

/** How long the invocation may still work. */
@FunctionalInterface
public interface TimeLeft {
  Duration get();
}
