package io.openmonetize.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the late changes of one UTC day are counted.
 *
 * <pre>
 * LATE#A#&lt;shard&gt;       all customers, in the shard of the all-customer sums
 * LATE#C#&lt;customer&gt;    one customer
 * </pre>
 *
 * <p>with the day as sort key, so that any range of days is one Query (one a shard for all
 * customers).
 *
 * @param customerId null for all customers
 * @param shard 0 for one customer
 */
public record LateChangeKey(@Nullable String customerId, LocalDate day, int shard) {
  /**
   * The items that count a change of an event.
   *
   * @param timestamp of the event
   * @param at when the change is made
   * @return none while the day is not closed yet
   */
  public static List<LateChangeKey> of(
      String customerId, Instant timestamp, Instant at, int shard) {
    LocalDate day = FeedKey.day(timestamp);
    Instant closed = FeedKey.start(day.plusDays(1)).plus(LateChanges.GRACE);
    return at.isBefore(closed)
        ? List.of()
        : List.of(new LateChangeKey(null, day, shard), new LateChangeKey(customerId, day, 0));
  }

  String partition() {
    return partition(customerId, shard);
  }

  String sort() {
    return day.toString();
  }

  static String partition(@Nullable String customerId, int shard) {
    return customerId == null
        ? KeyPart.join("LATE", "A", Integer.toString(shard))
        : KeyPart.join("LATE", "C", customerId);
  }
}
