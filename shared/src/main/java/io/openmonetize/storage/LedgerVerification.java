package io.openmonetize.storage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Computes all sums from the events anew and compares them with those that are kept, counter by
 * counter. Reads the whole table, and changes nothing. What is booked while it reads may look like
 * drift; that is gone when it is run again.
 */
public final class LedgerVerification {
  /**
   * A counter that is not what the events make it.
   *
   * @param item partition and sort key of the sum
   */
  public record Drift(String item, String counter, BigDecimal expected, BigDecimal found) {}

  /**
   * @param events that were read and lie in the range
   * @param sums that were compared
   */
  public record Report(long events, long sums, List<Drift> drifts) {}

  private final @Nullable String customerId;
  private final Instant from;
  private final Instant to;
  private final Map<String, Map<String, BigDecimal>> expected = new TreeMap<>();
  private final Map<String, Map<String, BigDecimal>> found = new TreeMap<>();
  private long events;

  private LedgerVerification(@Nullable String customerId, Instant from, Instant to) {
    this.customerId = customerId;
    this.from = from;
    this.to = to;
  }

  /**
   * @param customerId null for all; else only sums of this customer alone are compared
   * @param from of sums that begin at this time or later
   * @param to of sums that end at this time or earlier
   */
  public static Report run(
      DynamoDbClient dynamoDb,
      String usageTable,
      @Nullable String customerId,
      Instant from,
      Instant to) {
    LedgerVerification verification = new LedgerVerification(customerId, from, to);
    dynamoDb
        .scanPaginator(s -> s.tableName(usageTable).consistentRead(true))
        .items()
        .forEach(verification::read);
    return verification.compare();
  }

  private void read(Map<String, AttributeValue> item) {
    String partition = item.get("pk").s();
    String sort = item.get("sk").s();
    if (partition.startsWith("EVENT#")) {
      if (sort.equals(EventKey.SORT) && LedgerEntry.of(item) instanceof LedgerEntry.Event event) {
        count(event);
      }
    } else if (partition.startsWith("ROLLUP#")) {
      RollupKey key = RollupKey.of(partition, sort);
      if (covers(key)) {
        Map<String, BigDecimal> counters = new TreeMap<>();
        item.forEach(
            (name, value) -> {
              if (value.n() != null && new BigDecimal(value.n()).signum() != 0) {
                counters.put(name, new BigDecimal(value.n()).stripTrailingZeros());
              }
            });
        found.put(name(key), counters);
      }
    }
  }

  private void count(LedgerEntry.Event event) {
    StoredEvent stored = event.stored();
    if (customerId != null && !customerId.equals(stored.event().attribution().customerId())) {
      return;
    }
    boolean counted = false;
    RollupDelta delta = RollupFold.delta(stored, event.sumLayout());
    for (RollupKey key : RollupFold.keys(stored.event(), event.rollupShard(), event.sumLayout())) {
      if (covers(key)) {
        counted = true;
        Map<String, BigDecimal> sum = expected.computeIfAbsent(name(key), k -> new TreeMap<>());
        delta.counters().forEach((counter, n) -> sum.merge(counter, n, BigDecimal::add));
      }
    }
    events += counted ? 1 : 0;
  }

  private Report compare() {
    TreeSet<String> items = new TreeSet<>(expected.keySet());
    items.addAll(found.keySet());
    List<Drift> drifts = new ArrayList<>();
    for (String item : items) {
      Map<String, BigDecimal> should = expected.getOrDefault(item, Map.of());
      Map<String, BigDecimal> is = found.getOrDefault(item, Map.of());
      TreeSet<String> counters = new TreeSet<>(should.keySet());
      counters.addAll(is.keySet());
      for (String counter : counters) {
        BigDecimal one = should.getOrDefault(counter, BigDecimal.ZERO);
        BigDecimal other = is.getOrDefault(counter, BigDecimal.ZERO);
        if (one.compareTo(other) != 0) {
          drifts.add(new Drift(item, counter, one, other));
        }
      }
    }
    return new Report(events, items.size(), drifts);
  }

  private boolean covers(RollupKey key) {
    Instant end = key.start().plus(key.grain().length());
    return !key.start().isBefore(from)
        && !end.isAfter(to)
        && (customerId == null || isOf(customerId, key));
  }

  private static boolean isOf(String customer, RollupKey key) {
    return switch (key.scope()) {
      case RollupScope.All(), RollupScope.OfFeature(_), RollupScope.OfModel(_, _) ->
          key.dimension() instanceof RollupDimension.Customer(String id) && customer.equals(id);
      case RollupScope.OfCustomer(String id) -> Objects.equals(customer, id);
      case RollupScope.OfUser(String id, String _) -> Objects.equals(customer, id);
    };
  }

  private static String name(RollupKey key) {
    return key.partition() + " " + key.sort();
  }
}
