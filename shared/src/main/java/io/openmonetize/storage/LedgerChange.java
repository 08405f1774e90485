package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;
import static io.openmonetize.storage.Attributes.text;

import io.openmonetize.pricing.Cost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * One change of the ledger: some events put in, or replaced by what is known better, and the sums
 * moved with them, as the actions of one DynamoDB transaction. This is the only way in which the
 * ledger changes.
 *
 * <p>An action on an event holds only while the event is as the change supposes: absent, or at the
 * revision that was read. So a change that is tried again after it was carried out unseen changes
 * nothing. What is replaced is kept under the event's key as {@code WAS#<revision>}: the ledger
 * loses no word that it ever had.
 */
public final class LedgerChange {
  /** Attributes that would list a replaced event in the feeds. */
  private static final List<String> FEED_KEYS = List.of("cfpk", "cfsk", "dfpk", "dfsk");

  private final String table;
  private final UsageLayout layout;
  private final int shard;
  private final List<TransactWriteItem> puts = new ArrayList<>();
  private final List<@Nullable EventKey> keys = new ArrayList<>();
  private final Map<RollupKey, RollupDelta> sums = new LinkedHashMap<>();

  /**
   * @param shard of the all-customer sums, for events that are put in
   */
  public LedgerChange(String usageTable, UsageLayout layout, int shard) {
    this.table = usageTable;
    this.layout = layout;
    this.shard = shard;
  }

  /** Puts in an event that is not there. */
  public void put(StoredEvent stored) {
    add(
        EventKey.of(stored.event()),
        Put.builder()
            .item(EventItem.write(stored, layout, shard))
            .conditionExpression("attribute_not_exists(pk)"));
    count(stored, shard);
  }

  /** Puts another event in the place of one, under the same key; its sums keep their shard. */
  public void replace(LedgerEntry.Event there, StoredEvent better) {
    replace(there, better, better.receivedAt());
  }

  /** The same event with another cost, as of {@code now}; it stays booked when it was booked. */
  public void correct(LedgerEntry.Event there, Cost cost, Instant now) {
    StoredEvent was = there.stored();
    replace(there, new StoredEvent(was.event(), cost, was.receivedAt()), now);
  }

  private void replace(LedgerEntry.Event there, StoredEvent better, Instant now) {
    EventKey key = EventKey.of(better.event());
    if (!key.equals(EventKey.of(there.stored().event()))) {
      throw new IllegalArgumentException("an event can only be replaced under its own key");
    }
    replace(key, there, EventItem.write(better, layout, there.rollupShard()), now);
    discount(there, now);
    count(better, there.rollupShard());
  }

  /** Says of a call of which nothing is there that it needs no event under its own id. */
  public void mark(EventKey call) {
    add(call, Put.builder().item(mark(key(call))).conditionExpression("attribute_not_exists(pk)"));
  }

  /** Takes out an unaccounted call, because it is settled under another key. */
  public void replaceByMark(LedgerEntry.Event unaccounted, Instant now) {
    EventKey call = EventKey.of(unaccounted.stored().event());
    replace(call, unaccounted, mark(key(call)), now);
    discount(unaccounted, now);
  }

  public boolean isEmpty() {
    return puts.isEmpty();
  }

  /** The events' own actions first, and then those of the sums. */
  public List<TransactWriteItem> actions() {
    List<TransactWriteItem> actions = new ArrayList<>(puts);
    sums.forEach(
        (key, delta) -> {
          if (!delta.isEmpty()) {
            actions.add(
                TransactWriteItem.builder().update(RollupItem.add(table, key, delta)).build());
          }
        });
    return actions;
  }

  /** The event that an action supposes to be in some state; null for one that supposes nothing. */
  public @Nullable EventKey supposedBy(int action) {
    return action < keys.size() ? keys.get(action) : null;
  }

  private void replace(
      EventKey key, LedgerEntry.Event there, Map<String, AttributeValue> item, Instant now) {
    item.put(LedgerEntry.REVISION, number(there.revision() + 1L));
    Put.Builder put = Put.builder().item(item);
    if (there.revision() == 0) {
      put.conditionExpression("attribute_exists(pk) AND attribute_not_exists(#rv)")
          .expressionAttributeNames(Map.of("#rv", LedgerEntry.REVISION));
    } else {
      put.conditionExpression("#rv = :rv")
          .expressionAttributeNames(Map.of("#rv", LedgerEntry.REVISION))
          .expressionAttributeValues(Map.of(":rv", number(there.revision())));
    }
    add(key, put);
    Map<String, AttributeValue> was = new HashMap<>(there.item());
    FEED_KEYS.forEach(was::remove);
    was.put("sk", text(EventHistory.SORT + there.revision()));
    was.put(EventHistory.REPLACED_AT, text(now.toString()));
    add(null, Put.builder().item(was));
  }

  private void add(@Nullable EventKey key, Put.Builder put) {
    put.tableName(table)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    puts.add(TransactWriteItem.builder().put(put.build()).build());
    keys.add(key);
  }

  private void count(StoredEvent stored, int shardOfSums) {
    add(stored, shardOfSums, RollupDelta.of(Rollup.of(stored)));
  }

  private void discount(LedgerEntry.Event there, Instant now) {
    add(
        there.stored(),
        there.rollupShard(),
        RollupDelta.of(Rollup.of(there.stored())).negated(now));
  }

  private void add(StoredEvent stored, int shardOfSums, RollupDelta delta) {
    for (RollupKey key : RollupFold.keys(stored.event(), shardOfSums)) {
      sums.merge(key, delta, RollupDelta::plus);
    }
  }

  private static Map<String, AttributeValue> key(EventKey key) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", text(key.partition()));
    item.put("sk", text(EventKey.SORT));
    return item;
  }

  private static Map<String, AttributeValue> mark(Map<String, AttributeValue> item) {
    item.put(LedgerEntry.MARK, text("call"));
    return item;
  }
}
