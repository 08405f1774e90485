package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** What some customers cost each day, read item by item: for the few of a list that are shown. */
public final class CustomerDays {
  /** How many days of customers one call reads. */
  public static final int ITEMS_AT_MOST = 20_000;

  private static final int KEYS_AT_ONCE = 100;

  /** The pauses between them, each twice as long as the one before, are 1.3 s together. */
  private static final int TRIES_AT_MOST = 7;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration DAY = Duration.ofDays(1);

  private final DynamoDbClient dynamoDb;
  private final String table;

  public CustomerDays(DynamoDbClient dynamoDb, String usageTable) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
  }

  /**
   * The cost of each day in US dollars, zero where there was none.
   *
   * @param from the beginning of a day, UTC
   * @param to the end of the last day
   * @throws RangeTooLongException when there are more than {@link #ITEMS_AT_MOST} days
   */
  public Map<String, List<BigDecimal>> costs(List<String> customerIds, Instant from, Instant to) {
    long days = Duration.between(from, to).toDays();
    if (days * customerIds.size() > ITEMS_AT_MOST) {
      throw new RangeTooLongException(days * customerIds.size() / KEYS_AT_ONCE, "reads");
    }
    Map<Map<String, AttributeValue>, BigDecimal> costs = new HashMap<>();
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (String customerId : customerIds) {
      for (Instant day = from; day.isBefore(to); day = day.plus(DAY)) {
        keys.add(key(customerId, day));
      }
    }
    List<Callable<List<Map<String, AttributeValue>>>> reads = new ArrayList<>();
    for (int first = 0; first < keys.size(); first += KEYS_AT_ONCE) {
      var some = keys.subList(first, Math.min(first + KEYS_AT_ONCE, keys.size()));
      reads.add(() -> items(some));
    }
    for (List<Map<String, AttributeValue>> items : InParallel.call(reads)) {
      for (Map<String, AttributeValue> item : items) {
        AttributeValue cost = item.get("c");
        if (cost != null) {
          costs.put(Map.of("pk", item.get("pk"), "sk", item.get("sk")), new BigDecimal(cost.n()));
        }
      }
    }
    Map<String, List<BigDecimal>> byCustomer = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      byCustomer
          .computeIfAbsent(customerIds.get(Math.toIntExact(i / days)), _ -> new ArrayList<>())
          .add(costs.getOrDefault(keys.get(i), BigDecimal.ZERO));
    }
    return byCustomer;
  }

  private List<Map<String, AttributeValue>> items(List<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, KeysAndAttributes> wanted =
        Map.of(
            table,
            KeysAndAttributes.builder().keys(keys).projectionExpression("pk, sk, c").build());
    for (int tries = 1; !wanted.isEmpty(); tries++) {
      Map<String, KeysAndAttributes> now = wanted;
      var answer = dynamoDb.batchGetItem(b -> b.requestItems(now));
      items.addAll(answer.responses().getOrDefault(table, List.of()));
      wanted = answer.unprocessedKeys();
      if (!wanted.isEmpty()) {
        pause(tries);
      }
    }
    return items;
  }

  /** A store that leaves keys unread is busy: asking it again at once would keep it so. */
  private static void pause(int tries) {
    if (tries == TRIES_AT_MOST) {
      throw SdkClientException.create("the store left keys unread, time and again");
    }
    try {
      Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (tries - 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a busy store", e);
    }
  }

  private static Map<String, AttributeValue> key(String customerId, Instant day) {
    RollupKey key =
        new RollupKey(
            new RollupScope.All(),
            Grain.DAY,
            day,
            new RollupDimension.Customer(customerId),
            RollupKey.shardOf(customerId));
    return Map.of("pk", text(key.partition()), "sk", text(key.sort()));
  }
}
