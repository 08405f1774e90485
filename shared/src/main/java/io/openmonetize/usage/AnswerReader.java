package io.openmonetize.usage;

import io.openmonetize.events.Usage;
import io.openmonetize.usage.framing.Decoding;
import io.openmonetize.usage.framing.Framing;
import io.openmonetize.usage.reading.AnswerInterpreter;
import org.jspecify.annotations.Nullable;

/** Bytes to documents to usage; the place where nothing may get out but a reading. */
final class AnswerReader implements UsageReader {
  private final Decoding decoding;
  private final Framing framing;
  private final AnswerInterpreter interpreter;
  private boolean failed;
  private @Nullable UsageReading reading;

  AnswerReader(Decoding decoding, Framing framing, AnswerInterpreter interpreter) {
    this.decoding = decoding;
    this.framing = framing;
    this.interpreter = interpreter;
  }

  @Override
  public void read(byte[] buffer, int offset, int length) {
    if (failed || reading != null) {
      return;
    }
    try {
      decoding.accept(buffer, offset, offset + length);
    } catch (RuntimeException fault) {
      // A fault of the reader must not become one of the stream that it watches.
      failed = true;
      interpreter.unreadable("the reader failed: " + fault.getClass().getSimpleName());
    }
  }

  @Override
  public UsageReading finish(AnswerEnd end) {
    if (reading == null) {
      reading = settle(end);
    }
    return reading;
  }

  private void note(@Nullable String fault) {
    if (fault != null) {
      interpreter.unreadable(fault);
    }
  }

  private UsageReading settle(AnswerEnd end) {
    try {
      String fault = decoding.end();
      note(fault);
      if (!failed) {
        framing.end();
      }
      // The last event may have had usage, which settles faults before it and not this one.
      note(fault);
      return interpreter.settle(end);
    } catch (RuntimeException fault) {
      return UsageReading.of(
          Usage.missing("the reader failed: " + fault.getClass().getSimpleName()));
    }
  }
}
