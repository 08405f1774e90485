package io.openmonetize.proxy.settlement;

import io.openmonetize.events.Call;
import io.openmonetize.usage.UsageReading;

/** How a call came out. */
public sealed interface Settlement {
  /** Nothing reached the provider, so there is nothing to book. */
  record NotReached() implements Settlement {}

  /**
   * @param streamed whether the answer was a stream, or would have been
   */
  record Settled(UsageReading reading, Call call, boolean streamed) implements Settlement {}
}
