package io.openmonetize.storage;

import io.openmonetize.events.UsageEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which rollup items an event is counted in, and what a batch adds to each. */
public final class RollupFold {
  private RollupFold() {}

  /**
   * @param shard that of the all-customer items by use
   */
  public static Map<RollupKey, Rollup> fold(List<StoredEvent> events, int shard) {
    Map<RollupKey, Rollup> folded = new LinkedHashMap<>();
    for (StoredEvent stored : events) {
      Rollup one = Rollup.of(stored);
      for (RollupKey key : keys(stored.event(), shard)) {
        folded.merge(key, one, Rollup::plus);
      }
    }
    return folded;
  }

  /** Every item that counts an event which is booked now. */
  public static List<RollupKey> keys(UsageEvent event, int shard) {
    return keys(event, shard, SumLayout.NOW);
  }

  /** As {@link #keys(UsageEvent, int)}, for all events of the cell. */
  public static List<RollupKey> keys(RollupCell cell, int shard) {
    return keys(cell, shard, SumLayout.NOW);
  }

  /** Every item that counts the event. */
  public static List<RollupKey> keys(UsageEvent event, int shard, SumLayout layout) {
    return keys(RollupCell.of(event), shard, layout);
  }

  /**
   * Every item that counts the events of the cell.
   *
   * @param shard that of the all-customer items by use
   */
  static List<RollupKey> keys(RollupCell cell, int shard, SumLayout layout) {
    Instant hour = cell.hour();
    RollupDimension use = new RollupDimension.Use(cell.featureId(), cell.provider(), cell.model());
    RollupScope all = new RollupScope.All();
    RollupScope ofCustomer = new RollupScope.OfCustomer(cell.customerId());
    RollupDimension customer = new RollupDimension.Customer(cell.customerId());
    RollupDimension model = new RollupDimension.Model(cell.provider(), cell.model());
    int customerShard =
        switch (layout) {
          case FIRST -> shard;
          case SECOND, THIRD -> RollupKey.shardOf(cell.customerId());
        };
    List<RollupKey> keys = new ArrayList<>();
    for (Grain grain : List.of(Grain.HOUR, Grain.DAY)) {
      keys.add(new RollupKey(all, grain, hour, use, shard));
      keys.add(new RollupKey(all, grain, hour, customer, customerShard));
      keys.add(new RollupKey(ofCustomer, grain, hour, use, 0));
      if (cell.userId() != null) {
        RollupScope ofUser = new RollupScope.OfUser(cell.customerId(), cell.userId());
        keys.add(new RollupKey(ofUser, grain, hour, use, 0));
      }
    }
    if (layout != SumLayout.FIRST) {
      for (Grain grain : List.of(Grain.HOUR, Grain.DAY)) {
        keys.add(new RollupKey(all, grain, hour, new RollupDimension.Whole(), shard));
        keys.add(new RollupKey(all, grain, hour, model, shard));
      }
      RollupDimension feature = new RollupDimension.Feature(cell.featureId());
      keys.add(new RollupKey(all, Grain.DAY, hour, feature, shard));
      // A list of all customers over months would read too many days.
      keys.add(new RollupKey(all, Grain.WEEK, hour, customer, customerShard));
      for (RollupScope everybodys :
          List.of(
              new RollupScope.OfFeature(cell.featureId()),
              new RollupScope.OfModel(cell.provider(), cell.model()))) {
        keys.add(new RollupKey(everybodys, Grain.DAY, hour, customer, customerShard));
      }
    }
    keys.add(
        new RollupKey(ofCustomer, Grain.DAY, hour, new RollupDimension.User(cell.userId()), 0));
    return keys;
  }

  /** Whether an event that is counted in this layout is counted as it would be now. */
  public static boolean isAsNow(StoredEvent stored, SumLayout layout) {
    return layout == SumLayout.NOW
        || keys(stored.event(), 0, layout).equals(keys(stored.event(), 0))
            && delta(stored, layout).equals(delta(stored, SumLayout.NOW));
  }

  /** What the event adds to each item that counts it. */
  public static RollupDelta delta(StoredEvent stored, SumLayout layout) {
    return RollupDelta.of(Rollup.of(stored)).without(layout.unknownCounters());
  }
}
