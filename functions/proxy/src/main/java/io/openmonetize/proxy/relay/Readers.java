package io.openmonetize.proxy.relay;

import io.openmonetize.usage.BatchLineReading;
import io.openmonetize.usage.RequestFacts;
import io.openmonetize.usage.ResponseFacts;
import io.openmonetize.usage.UsageReader;
import java.util.function.Consumer;

/** Chooses the reader of an answer. */
@FunctionalInterface
public interface Readers {
  /**
   * @param lines takes each line of a batch's results
   */
  UsageReader of(
      RequestFacts request, ResponseFacts response, Consumer<? super BatchLineReading> lines);
}
