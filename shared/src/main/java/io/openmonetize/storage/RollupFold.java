package io.openmonetize.storage;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.UsageEvent;
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

  /**
   * Every item that counts the event.
   *
   * @param shard that of the all-customer items by use
   */
  public static List<RollupKey> keys(UsageEvent event, int shard, SumLayout layout) {
    Attribution whose = event.attribution();
    RollupDimension use =
        new RollupDimension.Use(whose.featureId(), event.provider(), event.model());
    RollupScope all = new RollupScope.All();
    RollupScope ofCustomer = new RollupScope.OfCustomer(whose.customerId());
    RollupDimension customer = new RollupDimension.Customer(whose.customerId());
    RollupDimension model = new RollupDimension.Model(event.provider(), event.model());
    int customerShard =
        switch (layout) {
          case FIRST -> shard;
          case SECOND, THIRD -> RollupKey.shardOf(whose.customerId());
        };
    List<RollupKey> keys = new ArrayList<>();
    for (Grain grain : List.of(Grain.HOUR, Grain.DAY)) {
      keys.add(new RollupKey(all, grain, event.timestamp(), use, shard));
      keys.add(new RollupKey(all, grain, event.timestamp(), customer, customerShard));
      keys.add(new RollupKey(ofCustomer, grain, event.timestamp(), use, 0));
      if (whose.userId() != null) {
        RollupScope ofUser = new RollupScope.OfUser(whose.customerId(), whose.userId());
        keys.add(new RollupKey(ofUser, grain, event.timestamp(), use, 0));
      }
    }
    if (layout != SumLayout.FIRST) {
      for (Grain grain : List.of(Grain.HOUR, Grain.DAY)) {
        keys.add(new RollupKey(all, grain, event.timestamp(), new RollupDimension.Whole(), shard));
        keys.add(new RollupKey(all, grain, event.timestamp(), model, shard));
      }
      RollupDimension feature = new RollupDimension.Feature(whose.featureId());
      keys.add(new RollupKey(all, Grain.DAY, event.timestamp(), feature, shard));
      // A list of all customers over months would read too many days.
      keys.add(new RollupKey(all, Grain.WEEK, event.timestamp(), customer, customerShard));
      for (RollupScope everybodys :
          List.of(
              new RollupScope.OfFeature(whose.featureId()),
              new RollupScope.OfModel(event.provider(), event.model()))) {
        keys.add(new RollupKey(everybodys, Grain.DAY, event.timestamp(), customer, customerShard));
      }
    }
    keys.add(
        new RollupKey(
            ofCustomer, Grain.DAY, event.timestamp(), new RollupDimension.User(whose.userId()), 0));
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
