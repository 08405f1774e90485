package io.openmonetize.usage.reading;

import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.framing.DocumentHandler;

/** Knows what the documents of one kind of answer mean. */
public interface AnswerInterpreter extends DocumentHandler {
  /** What the documents read so far come to, given how the transport ended. */
  UsageReading settle(AnswerEnd end);
}
