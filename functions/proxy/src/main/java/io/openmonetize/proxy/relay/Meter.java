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
    try {
      this.reader = reader.get();
    } catch (RuntimeException | Error fault) {
      failed(fault);
    }
  }

  /** The next bytes of the answer, after the caller has got them. */
  public void read(byte[] buffer, int length) {
    UsageReader current = reader;
    if (current != null) {
      try {
        current.read(buffer, 0, length);
      } catch (RuntimeException | Error fault) {
        failed(fault);
      }
    }
  }

  /** What the answer said; missing where a reader failed. */
  public UsageReading finish(AnswerEnd end) {
    UsageReader current = reader;
    if (current != null) {
      try {
        return current.finish(end);
      } catch (RuntimeException | Error fault) {
        failed(fault);
      }
    }
    return UsageReading.of(Usage.missing("the usage reader failed"));
  }

  /** Of errors too: a reader's endless recursion must not cost the caller its answer. */
  private void failed(Throwable fault) {
    reader = null;
    log.error("meter.failed", "request_id", requestId, "cause", fault);
  }
}
