package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;
import static io.openmonetize.storage.Attributes.text;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
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
 * loses no word that it ever had. A change of a day that was closed is counted as late in the same
 * transaction.
 */
public final class LedgerChange {
  /** Attributes that would list a replaced event in the feeds. */
  private static final List<String> FEED_KEYS = List.of("cfpk", "cfsk", "dfpk", "dfsk");

  private final String table;
  private final UsageLayout layout;
  private final int shard;
  private final Retention retention;
  private final List<TransactWriteItem> puts = new ArrayList<>();
  private final List<@Nullable EventKey> keys = new ArrayList<>();
  private final Map<Counted, DeltaSum> counted = new LinkedHashMap<>();
  private final Map<LateChangeKey, LateChanges.Day> late = new LinkedHashMap<>();

  /** Whatever is counted in the same sums. */
  private record Counted(RollupCell cell, int shard, SumLayout layout) {}

  /**
   * For changes of events that are there, which keep the time at which they expire.
   *
   * @param shard of the all-customer sums, for events that are put in
   */
  public LedgerChange(String usageTable, UsageLayout layout, int shard) {
    this(usageTable, layout, shard, Retention.FOR_EVER);
  }

  /**
   * @param shard of the all-customer sums, for events that are put in
   * @param retention of what is put in
   */
  public LedgerChange(String usageTable, UsageLayout layout, int shard, Retention retention) {
    this.table = usageTable;
    this.layout = layout;
    this.shard = shard;
    this.retention = retention;
  }

  /** Puts in an event that is not there. */
  public void put(StoredEvent stored) {
    Map<String, AttributeValue> item = EventItem.write(stored, layout, shard);
    expire(item, retention.expiry(stored.event().timestamp()));
    add(
        EventKey.of(stored.event()),
        Put.builder().item(item).conditionExpression("attribute_not_exists(pk)"));
    count(stored, shard);
    countLate(stored, shard, stored.receivedAt(), 1, 1);
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
    Map<String, AttributeValue> item = EventItem.write(better, layout, there.rollupShard());
    expire(item, there.item().get(Tables.EXPIRY));
    replace(key, there, item, now);
    boolean alike = countAlike(there.stored(), better);
    if (!alike || there.sumLayout() != SumLayout.NOW) {
      moveSums(there, better, now);
    }
    if (!alike) {
      boolean sameDay =
          FeedKey.day(there.stored().event().timestamp())
              .equals(FeedKey.day(better.event().timestamp()));
      countLate(there.stored(), there.rollupShard(), now, -1, sameDay ? 0 : 1);
      countLate(better, there.rollupShard(), now, 1, 1);
    }
  }

  /**
   * Counts an event that an earlier version booked where events are counted now. No word of the
   * event changes, and so neither does its revision; nor is that a late change of its day.
   */
  public void moveOver(LedgerEntry.Event there, Instant now) {
    Map<String, AttributeValue> item = new HashMap<>(there.item());
    item.put(SumLayout.ATTRIBUTE, SumLayout.NOW.stored());
    add(EventKey.of(there.stored().event()), whereStill(there, item));
    moveSums(there, there.stored(), now);
  }

  private void moveSums(LedgerEntry.Event there, StoredEvent stored, Instant now) {
    discount(there, now);
    count(stored, there.rollupShard());
  }

  /**
   * Says of a call of which nothing is there that it needs no event under its own id. The mark
   * expires as an event of this moment would: no intent of the call is booked any more by then.
   */
  public void mark(EventKey call, Instant now) {
    Map<String, AttributeValue> item = mark(key(call));
    expire(item, retention.expiry(now));
    add(call, Put.builder().item(item).conditionExpression("attribute_not_exists(pk)"));
  }

  /** Takes out an unaccounted call, because it is settled under another key. */
  public void replaceByMark(LedgerEntry.Event unaccounted, Instant now) {
    EventKey call = EventKey.of(unaccounted.stored().event());
    Map<String, AttributeValue> item = mark(key(call));
    expire(item, unaccounted.item().get(Tables.EXPIRY));
    replace(call, unaccounted, item, now);
    discount(unaccounted, now);
    countLate(unaccounted.stored(), unaccounted.rollupShard(), now, -1, 1);
  }

  public boolean isEmpty() {
    return puts.isEmpty();
  }

  /** The events' own actions first, and then those of the sums. */
  public List<TransactWriteItem> actions() {
    List<TransactWriteItem> actions = new ArrayList<>(puts);
    sums()
        .forEach(
            (key, sum) -> {
              RollupDelta delta = sum.sum();
              if (!delta.isEmpty()) {
                actions.add(
                    TransactWriteItem.builder().update(RollupItem.add(table, key, delta)).build());
              }
            });
    late.forEach(
        (key, day) ->
            actions.add(
                TransactWriteItem.builder().update(LateChanges.add(table, key, day)).build()));
    return actions;
  }

  private Map<RollupKey, DeltaSum> sums() {
    Map<RollupKey, DeltaSum> sums = new LinkedHashMap<>();
    counted.forEach(
        (where, sum) -> {
          RollupDelta delta = sum.sum();
          for (RollupKey key : RollupFold.keys(where.cell, where.shard, where.layout)) {
            sums.computeIfAbsent(key, _ -> new DeltaSum()).add(delta);
          }
        });
    return sums;
  }

  /** The event that an action supposes to be in some state; null for one that supposes nothing. */
  public @Nullable EventKey supposedBy(int action) {
    return action < keys.size() ? keys.get(action) : null;
  }

  private void replace(
      EventKey key, LedgerEntry.Event there, Map<String, AttributeValue> item, Instant now) {
    item.put(LedgerEntry.REVISION, number(there.revision() + 1L));
    add(key, whereStill(there, item));
    Map<String, AttributeValue> was = new HashMap<>(there.item());
    FEED_KEYS.forEach(was::remove);
    was.put("sk", text(EventHistory.SORT + there.revision()));
    was.put(EventHistory.REPLACED_AT, text(now.toString()));
    AttributeValue expiry = item.get(Tables.EXPIRY);
    if (expiry != null) {
      was.put(Tables.EXPIRY, expiry);
    }
    add(null, Put.builder().item(was));
  }

  /** Holds while the entry has the revision and the sums that it had when it was read. */
  private static Put.Builder whereStill(LedgerEntry.Event there, Map<String, AttributeValue> item) {
    List<String> conditions = new ArrayList<>(List.of("attribute_exists(pk)"));
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    for (String name : List.of(LedgerEntry.REVISION, SumLayout.ATTRIBUTE)) {
      names.put("#" + name, name);
      AttributeValue read = there.item().get(name);
      if (read == null) {
        conditions.add("attribute_not_exists(#" + name + ")");
      } else {
        conditions.add("#" + name + " = :" + name);
        values.put(":" + name, read);
      }
    }
    Put.Builder put =
        Put.builder()
            .item(item)
            .conditionExpression(String.join(" AND ", conditions))
            .expressionAttributeNames(names);
    // An empty map of values is refused.
    return values.isEmpty() ? put : put.expressionAttributeValues(values);
  }

  private void add(@Nullable EventKey key, Put.Builder put) {
    put.tableName(table)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    puts.add(TransactWriteItem.builder().put(put.build()).build());
    keys.add(key);
  }

  /**
   * New entries expire by the retention. What replaces one expires when that would have, or never:
   * else its earlier versions would outlive it.
   */
  private static void expire(Map<String, AttributeValue> item, @Nullable AttributeValue expiry) {
    if (expiry != null) {
      item.put(Tables.EXPIRY, expiry);
    }
  }

  /** Whether every sum is the same with either of the two. */
  private static boolean countAlike(StoredEvent one, StoredEvent other) {
    return RollupFold.keys(one.event(), 0).equals(RollupFold.keys(other.event(), 0))
        && RollupFold.delta(one, SumLayout.NOW)
            .counters()
            .equals(RollupFold.delta(other, SumLayout.NOW).counters());
  }

  /**
   * @param sign 1 for an event that is counted from now on, -1 for one that no longer is
   * @param changes 0 when this is half of a change that is counted already
   */
  private void countLate(StoredEvent stored, int shardOfSums, Instant now, int sign, int changes) {
    UsageEvent event = stored.event();
    String customerId = event.attribution().customerId();
    BigDecimal cost = Rollup.of(stored).costUsd().multiply(BigDecimal.valueOf(sign));
    for (LateChangeKey key : LateChangeKey.of(customerId, event.timestamp(), now, shardOfSums)) {
      late.merge(
          key, new LateChanges.Day(key.day(), changes, sign, cost, now), LateChanges.Day::plus);
    }
  }

  private void count(StoredEvent stored, int shardOfSums) {
    count(stored, shardOfSums, SumLayout.NOW, RollupFold.delta(stored, SumLayout.NOW));
  }

  private void discount(LedgerEntry.Event there, Instant now) {
    StoredEvent stored = there.stored();
    SumLayout layoutOfSums = there.sumLayout();
    count(
        stored,
        there.rollupShard(),
        layoutOfSums,
        RollupFold.delta(stored, layoutOfSums).negated(now));
  }

  private void count(
      StoredEvent stored, int shardOfSums, SumLayout layoutOfSums, RollupDelta delta) {
    counted
        .computeIfAbsent(
            new Counted(RollupCell.of(stored.event()), shardOfSums, layoutOfSums),
            _ -> new DeltaSum())
        .add(delta);
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
