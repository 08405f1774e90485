package io.openmonetize.usage.reading;

import io.openmonetize.events.Usage;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.BatchLineReading;
import io.openmonetize.usage.UsageReading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a batch's results, handed on as they come or collected, and what the file as a whole
 * comes to: nothing of its own, but what could not be read is missing.
 */
public final class BatchLines {
  /** Anthropic's largest batch; more is not collected, only handed on. */
  private static final int MAX_COLLECTED = 100_000;

  private final @Nullable Consumer<? super BatchLineReading> consumer;
  private final List<BatchLineReading> collected = new ArrayList<>();
  private long lines;
  private @Nullable String fault;

  /**
   * @param consumer takes each line as soon as it is read; null to collect them
   */
  public BatchLines(@Nullable Consumer<? super BatchLineReading> consumer) {
    this.consumer = consumer;
  }

  public void add(@Nullable String customId, UsageReading reading) {
    BatchLineReading line =
        new BatchLineReading(
            Wording.name(customId),
            reading.usage(),
            reading.model(),
            reading.responseId(),
            reading.errorType());
    lines++;
    if (consumer != null) {
      consumer.accept(line);
    } else if (collected.size() < MAX_COLLECTED) {
      collected.add(line);
    } else {
      unread(MAX_COLLECTED + " lines are the most that are collected");
    }
  }

  /** A line, or what may be one, was not read. */
  public void unread(String reason) {
    fault = fault == null ? reason : fault;
  }

  /**
   * The reading of the whole.
   *
   * @param sure whether the answer can only be a batch's results: then one without any is suspect
   */
  public UsageReading settle(AnswerEnd end, boolean sure) {
    return new UsageReading(usage(end, sure), null, null, null, collected);
  }

  private Usage usage(AnswerEnd end, boolean sure) {
    if (lines == 0 && !sure) {
      return Usage.none("not the results of a batch");
    }
    if (end != AnswerEnd.WHOLE) {
      return Usage.missing("the results broke off after " + lines + " lines");
    }
    if (fault != null) {
      return Usage.missing("lines could not be read: " + fault);
    }
    return Usage.none("each of " + lines + " lines is booked by itself");
  }
}
