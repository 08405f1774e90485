package io.openmonetize.usage.reading;

import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;

/**
 * The answer of an endpoint that is not known here, read as that provider's answers mostly are.
 * What is found is not relied on.
 */
public final class UnknownAnswer implements AnswerInterpreter {
  private static final String UNKNOWN = "this endpoint is not known";

  private final AnswerInterpreter usual;

  public UnknownAnswer(AnswerInterpreter usual) {
    this.usual = usual;
  }

  @Override
  public JsonPaths paths() {
    return usual.paths();
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    usual.document(values, alone);
  }

  @Override
  public void endMark() {
    usual.endMark();
  }

  @Override
  public void unreadable(String reason) {
    usual.unreadable(reason);
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    UsageReading reading = usual.settle(end);
    Usage usage = reading.usage();
    UsageStatus status =
        usage.status() == UsageStatus.EXACT ? UsageStatus.ESTIMATED : usage.status();
    String reason = usage.status() == UsageStatus.PARTIAL ? usage.reason() : UNKNOWN;
    return new UsageReading(
        new Usage(status, reason, usage.terms(), usage.lines(), usage.raw()),
        reading.model(),
        reading.responseId(),
        reading.errorType(),
        reading.batchLines());
  }
}
