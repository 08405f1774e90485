package io.openmonetize.sdk.reads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sums over a time.
 *
 * @param from the whole hour with which they begin
 * @param to the whole hour before which they end
 * @param sum of that time
 * @param previous of the equal time just before; null unless it was asked for
 */
public record UsageSummary(Instant from, Instant to, UsageSum sum, @Nullable UsageSum previous) {
  static UsageSummary of(JsonNode data) {
    return new UsageSummary(
        Values.instant(data, "from"),
        Values.instant(data, "to"),
        UsageSum.of(data),
        UsageSum.orNull(data.path("previous")));
  }
}
