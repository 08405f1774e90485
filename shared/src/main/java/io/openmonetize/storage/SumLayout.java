package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;

import java.util.Map;
import java.util.Set;
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
  FIRST(Set.of("q", "xc")),
  /** Customers by week, feature and model too, and always in their own shard. */
  CUSTOMERS_APART(Set.of());

  /** That of events that are booked now. */
  public static final SumLayout NOW = CUSTOMERS_APART;

  /** Absent in items of the first layout, which had no name yet. */
  static final String ATTRIBUTE = "ly";

  private final Set<String> unknownCounters;

  SumLayout(Set<String> unknownCounters) {
    this.unknownCounters = unknownCounters;
  }

  /** Those of {@link RollupItem} that no sum had. */
  Set<String> unknownCounters() {
    return unknownCounters;
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
