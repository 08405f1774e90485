package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * For how long events are kept, counted from the time at which they happened. Sums, late changes
 * and the records of runs are kept for ever, whatever this says.
 *
 * <p>An event's item is what a repetition meets, so no event is booked once it is older than this:
 * nobody could tell any more whether it was counted. DynamoDB deletes an item within some days
 * after its time; until then it may still be listed.
 *
 * @param days at least one; null when events are kept for ever
 */
public record Retention(@Nullable Integer days) {
  public static final Retention FOR_EVER = new Retention(null);

  private static final int DAYS_AT_MOST = 3650;

  /**
   * An item outlives the last moment at which its event may be booked, so that a worker whose clock
   * is slow, or whose transaction is under way, still meets it.
   */
  private static final Duration MARGIN = Duration.ofHours(1);

  public Retention {
    if (days != null && days < 1) {
      throw new IllegalArgumentException("events must be kept for a day at least");
    }
  }

  /**
   * Reads {@code OM_EVENT_RETENTION_DAYS}; for ever when it is absent.
   *
   * @throws ConfigurationException when it is no whole number from 1 to 3650
   */
  public static Retention of(Environment environment) {
    return environment.find("OM_EVENT_RETENTION_DAYS").isEmpty()
        ? FOR_EVER
        : new Retention(environment.number("OM_EVENT_RETENTION_DAYS", 1, 1, DAYS_AT_MOST));
  }

  /** Whether an event of that time is still to be kept. */
  public boolean covers(Instant timestamp, Instant now) {
    return days == null || timestamp.plus(days, ChronoUnit.DAYS).isAfter(now);
  }

  /** When the first whole UTC day begins of which every event is still kept. */
  public Instant wholeDaysFrom(Instant now) {
    return days == null
        ? Instant.MIN
        : now.minus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }

  /** What an item of that time carries; null when it is kept for ever. */
  @Nullable AttributeValue expiry(Instant time) {
    return days == null
        ? null
        : number(time.plus(days, ChronoUnit.DAYS).plus(MARGIN).getEpochSecond());
  }
}
