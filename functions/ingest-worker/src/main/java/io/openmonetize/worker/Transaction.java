package io.openmonetize.worker;

import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupItem;
import io.openmonetize.storage.RollupKey;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Events of one customer that are booked together, and the DynamoDB actions that do it. */
final class Transaction {
  /** DynamoDB's limit for one TransactWriteItems. */
  static final int ACTIONS_AT_MOST = 100;

  private Transaction() {}

  /**
   * Cuts a customer's events into lists that each fit one transaction. Neighbours in user and time
   * come first, since they share sums: the fewer sums, the more events fit and the less each costs.
   */
  static List<List<StoredEvent>> cut(List<StoredEvent> events) {
    List<StoredEvent> sorted = new ArrayList<>(events);
    sorted.sort(
        Comparator.comparing(
                (StoredEvent stored) -> stored.event().attribution().userId(),
                Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(stored -> stored.event().timestamp()));
    List<List<StoredEvent>> lists = new ArrayList<>();
    List<StoredEvent> list = new ArrayList<>();
    Set<RollupKey> sums = new HashSet<>();
    for (StoredEvent stored : sorted) {
      Set<RollupKey> more = new HashSet<>(sums);
      more.addAll(RollupFold.keys(stored.event(), 0));
      if (!list.isEmpty() && list.size() + 1 + more.size() > ACTIONS_AT_MOST) {
        lists.add(list);
        list = new ArrayList<>();
        more = new HashSet<>(RollupFold.keys(stored.event(), 0));
      }
      list.add(stored);
      sums = more;
    }
    if (!list.isEmpty()) {
      lists.add(list);
    }
    return lists;
  }

  /** The events' own actions first, in their order, and then those of the sums. */
  static List<TransactWriteItem> actions(
      List<StoredEvent> events, String table, UsageLayout layout, int shard) {
    List<TransactWriteItem> actions = new ArrayList<>();
    for (StoredEvent stored : events) {
      actions.add(
          TransactWriteItem.builder()
              .put(
                  put ->
                      put.tableName(table)
                          .item(EventItem.write(stored, layout))
                          .conditionExpression("attribute_not_exists(pk)")
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .build());
    }
    for (Map.Entry<RollupKey, Rollup> entry : RollupFold.fold(events, shard).entrySet()) {
      actions.add(
          TransactWriteItem.builder()
              .update(RollupItem.add(table, entry.getKey(), entry.getValue()))
              .build());
    }
    return actions;
  }
}
