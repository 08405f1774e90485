package io.openmonetize.usage;

import io.openmonetize.events.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer said of its usage.
 *
 * @param usage of the whole answer; of a file of batch results, which are booked line by line,
 *     none, or missing for lines that could not be read
 * @param model the model that worked, in the provider's words; null when the answer does not say.
 *     Lines of {@code usage} fall back to the model asked for
 * @param responseId the id of the answer, by which the same answer read again is known
 * @param errorType the provider's error type, of an error body or of an error event in a stream
 *     that began well; never a message
 * @param batchLines one for each line of a file of batch results, else empty
 */
public record UsageReading(
    Usage usage,
    @Nullable String model,
    @Nullable String responseId,
    @Nullable String errorType,
    List<BatchLineReading> batchLines) {
  public UsageReading {
    batchLines = List.copyOf(batchLines);
  }

  /** A reading of the usage alone. */
  public static UsageReading of(Usage usage) {
    return new UsageReading(usage, null, null, null, List.of());
  }
}
