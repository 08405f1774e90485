package io.openmonetize.worker;

import io.openmonetize.storage.LateChangeKey;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Cuts a customer's new events into lists that each fit one transaction. */
final class Transactions {
  /** DynamoDB's limit for one TransactWriteItems. */
  private static final int ACTIONS_AT_MOST = 100;

  private Transactions() {}

  /**
   * Neighbours in user and time come first, since they share sums: the fewer sums, the more events
   * fit and the less each costs.
   *
   * @param actions how many an event takes besides those on sums
   */
  static List<List<StoredEvent>> cut(List<StoredEvent> events, ToIntFunction<StoredEvent> actions) {
    List<StoredEvent> sorted = new ArrayList<>(events);
    sorted.sort(
        Comparator.comparing(
                (StoredEvent stored) -> stored.event().attribution().userId(),
                Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(stored -> stored.event().timestamp()));
    List<List<StoredEvent>> lists = new ArrayList<>();
    List<StoredEvent> list = new ArrayList<>();
    Set<Record> sums = new HashSet<>();
    int own = 0;
    for (StoredEvent stored : sorted) {
      List<Record> keys = sumsOf(stored);
      Set<Record> more = new HashSet<>(sums);
      more.addAll(keys);
      int needed = actions.applyAsInt(stored);
      if (!list.isEmpty() && own + needed + more.size() > ACTIONS_AT_MOST) {
        lists.add(list);
        list = new ArrayList<>();
        more = new HashSet<>(keys);
        own = 0;
      }
      list.add(stored);
      own += needed;
      sums = more;
    }
    if (!list.isEmpty()) {
      lists.add(list);
    }
    return lists;
  }

  private static List<Record> sumsOf(StoredEvent stored) {
    List<Record> keys = new ArrayList<>(RollupFold.keys(stored.event(), 0));
    keys.addAll(
        LateChangeKey.of(
            stored.event().attribution().customerId(),
            stored.event().timestamp(),
            stored.receivedAt(),
            0));
    return keys;
  }
}
