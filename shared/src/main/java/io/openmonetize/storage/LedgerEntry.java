package io.openmonetize.storage;

import io.openmonetize.events.EventIdentity;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What lies in the ledger under an event's key. */
public sealed interface LedgerEntry {
  /** How often the entry was replaced; absent where it never was. */
  String REVISION = "rv";

  /** Of the all-customer sums that count the event; absent where it is the first. */
  String ROLLUP_SHARD = "rs";

  /** Holds the word that an item under an event's key is a mark and no event. */
  String MARK = "mk";

  int revision();

  /**
   * @param item as it was read
   */
  record Event(StoredEvent stored, int rollupShard, int revision, Map<String, AttributeValue> item)
      implements LedgerEntry {
    /**
     * In which sums it is counted.
     *
     * @throws IllegalStateException when a newer version booked it
     */
    public SumLayout sumLayout() {
      return SumLayout.of(item);
    }

    /** Whether no sum would change if it were counted where events are counted now. */
    public boolean isCountedAsNow() {
      return RollupFold.isAsNow(stored, sumLayout());
    }
  }

  /**
   * The call that has this id needs no event under it: it is settled by an event with another
   * identity (the answer's own id), or it never reached its provider. Not listed and not counted.
   */
  record Mark(int revision) implements LedgerEntry {}

  static LedgerEntry of(Map<String, AttributeValue> item) {
    int revision = count(item, REVISION);
    return item.containsKey(MARK)
        ? new Mark(revision)
        : new Event(EventItem.read(item), count(item, ROLLUP_SHARD), revision, item);
  }

  /** Where a call's mark lies, or its event where its own id is its identity. */
  static EventKey keyOfCall(String customerId, String requestId) {
    return new EventKey(customerId, new EventIdentity.ById(requestId));
  }

  private static int count(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? 0 : Integer.parseInt(value.n());
  }
}
