package io.openmonetize.worker;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupKey;
import io.openmonetize.storage.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Cuts a customer's new events into lists that each fit one transaction. */
final class Transactions {
  /** DynamoDB's limit for one TransactWriteItems. */
  static final int ACTIONS_AT_MOST = 100;

  private Transactions() {}

  /**
   * Neighbours in user and time come first, since they share sums: the fewer sums, the more events
   * fit and the less each costs.
   *
   * @param actions how many an event takes besides those on sums
   */
  static List<List<StoredEvent>> cut(List<StoredEvent> events, ToIntFunction<StoredEvent> actions) {
    return cut(events, StoredEvent::event, actions);
  }

  /** As {@link #cut(List, ToIntFunction)}, of whatever goes with one event each. */
  static <T> List<List<T>> cut(
      List<T> things, Function<T, UsageEvent> event, ToIntFunction<T> actions) {
    List<T> sorted = new ArrayList<>(things);
    sorted.sort(
        Comparator.comparing(
                (T thing) -> event.apply(thing).attribution().userId(),
                Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(thing -> event.apply(thing).timestamp()));
    List<List<T>> lists = new ArrayList<>();
    List<T> list = new ArrayList<>();
    Set<RollupKey> sums = new HashSet<>();
    int own = 0;
    for (T thing : sorted) {
      List<RollupKey> keys = RollupFold.keys(event.apply(thing), 0);
      Set<RollupKey> more = new HashSet<>(sums);
      more.addAll(keys);
      int needed = actions.applyAsInt(thing);
      if (!list.isEmpty() && own + needed + more.size() > ACTIONS_AT_MOST) {
        lists.add(list);
        list = new ArrayList<>();
        more = new HashSet<>(keys);
        own = 0;
      }
      list.add(thing);
      own += needed;
      sums = more;
    }
    if (!list.isEmpty()) {
      lists.add(list);
    }
    return lists;
  }
}
