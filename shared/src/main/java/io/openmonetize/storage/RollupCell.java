package io.openmonetize.storage;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All of an event that says which sums count it: events of one cell are counted in the same ones,
 * so that they are added up once and not for each sum.
 *
 * @param hour at whose beginning, which is within the event's day and week too
 */
public record RollupCell(
    String customerId,
    @Nullable String userId,
    String featureId,
    @Nullable Provider provider,
    @Nullable String model,
    Instant hour) {
  public static RollupCell of(UsageEvent event) {
    Attribution whose = event.attribution();
    return new RollupCell(
        whose.customerId(),
        whose.userId(),
        whose.featureId(),
        event.provider(),
        event.model(),
        Grain.HOUR.floor(event.timestamp()));
  }
}
