package io.openmonetize.proxy.relay;

import io.openmonetize.events.Usage;
import io.openmonetize.logging.Log;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReading;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps whatever goes wrong in a usage reader away from the answer that it reads a copy of. */
public final class Meter {
  private final Log log;
  private final String requestId;
  private @Nullable UsageReader reader;

  /**
   * @param reader called at once, within the same protection
   */
  public Meter(Supplier<UsageReader> reader, Log log, String requestId) {
    this.log = log;
    this.requestId = requestId;
    guarded(() -> this.reader = reader.get());
  }

  /** The next bytes of the answer, after the caller has got them. */
  public void read(byte[] buffer, int length) {
    UsageReader current = reader;
    if (current != null) {
      guarded(() -> current.read(buffer, 0, length));
    }
  }

  /** What the answer said; missing where a reader failed. */
  public UsageReading finish(AnswerEnd end) {
    UsageReader current = reader;
    if (current != null) {
      UsageReading[] reading = new UsageReading[1];
      guarded(() -> reading[0] = current.finish(end));
      if (reading[0] != null) {
        return reading[0];
      }
    }
    return UsageReading.of(Usage.missing("the usage reader failed"));
  }

  private void guarded(Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException | Error fault) {
      // Errors too: a reader's endless recursion must not cost the caller its answer.
      reader = null;
      log.error("meter.failed", "request_id", requestId, "cause", fault);
    }
  }
}
