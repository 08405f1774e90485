package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;

import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * In which sums an event is counted, and with which counters. That changes with the product, and
 * events that an earlier version booked stay in the sums of theirs until they are replaced or moved
 * over: so each event's item names its layout, what takes an event out of its sums takes out
 * exactly what was put in, and verification expects of each event what its layout makes it.
 *
 * <p>The numbers are stored, so a layout never changes: another one comes at the end.
 */
public enum SumLayout {
  /** Nothing by week, feature or model; customers in the shard of the sums by use. */
  FIRST(name -> name.equals("q") || name.equals("xc") || isOfType(name)),
  /**
   * Also all use as a whole, by model and by feature; customers by week, feature and model, in
   * their own shard.
   */
  SECOND(SumLayout::isOfType),
  /** Also events by type. */
  THIRD(_ -> false);

  /** That of events that are booked now. */
  public static final SumLayout NOW = THIRD;

  /** Absent in items of the first layout, which had no name yet. */
  static final String ATTRIBUTE = "ly";

  private final Predicate<String> unknownCounters;

  SumLayout(Predicate<String> unknownCounters) {
    this.unknownCounters = unknownCounters;
  }

  /** Those of {@link RollupItem} that no sum had. */
  Predicate<String> unknownCounters() {
    return unknownCounters;
  }

  private static boolean isOfType(String counter) {
    return counter.startsWith(RollupItem.TYPE_EVENTS)
        || counter.startsWith(RollupItem.TYPE_USD)
        || counter.startsWith(RollupItem.TYPE_UNPRICED);
  }

  AttributeValue stored() {
    return number(ordinal());
  }

  /**
   * @throws IllegalStateException when a newer version booked the event: this one cannot know what
   *     to take out of which sums
   */
  static SumLayout of(Map<String, AttributeValue> item) {
    AttributeValue stored = item.get(ATTRIBUTE);
    int layout = stored == null ? 0 : Integer.parseInt(stored.n());
    if (layout >= values().length) {
      throw new IllegalStateException("an event was booked by a newer version, layout " + layout);
    }
    return values()[layout];
  }
}
