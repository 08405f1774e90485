package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.TokenCounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

class RollupItemTest extends StoreTest {
  private static final Instant JULY = Instant.parse("2026-07-01T10:00:00Z");
  private static final RollupKey KEY =
      new RollupKey(
          new RollupScope.OfCustomer("acme"),
          Grain.DAY,
          JULY,
          new RollupDimension.Use("chat", null, null),
          0);

  @Test
  void add_manyCosts_keepsEveryDigit() {
    BigDecimal small = new BigDecimal("0.000000000001");
    BigDecimal large = new BigDecimal("123456789012.345678901234");
    add(cost(small));
    add(cost(large));
    for (int i = 0; i < 10; i++) {
      add(cost(new BigDecimal("0.1")));
    }

    assertThat(stored().costUsd()).isEqualByComparingTo(small.add(large).add(BigDecimal.ONE));
  }

  @Test
  void read_foldedEventsAddedOneByOne_equalsTheFold() {
    List<StoredEvent> events = new RandomEvents(5, JULY, Duration.ofHours(1)).list(30);
    Rollup sum = Rollup.NONE;
    for (StoredEvent event : events) {
      add(Rollup.of(event));
      sum = sum.plus(Rollup.of(event));
    }

    assertThat(stored()).isEqualTo(sum);
  }

  @Test
  void write_aFold_isTheItemThatAddLeaves() {
    List<StoredEvent> events = new RandomEvents(6, JULY, Duration.ofHours(1)).list(30);
    Rollup sum = events.stream().map(Rollup::of).reduce(Rollup.NONE, Rollup::plus);
    add(sum);

    assertThat(item()).isEqualTo(RollupItem.write(KEY, sum));
  }

  private static Rollup cost(BigDecimal usd) {
    return new Rollup(
        1,
        TokenCounts.NONE,
        Map.of(),
        usd,
        0,
        BigDecimal.ZERO,
        0,
        Map.of(),
        Map.of(),
        Map.of(),
        JULY);
  }

  private void add(Rollup sum) {
    Update update = RollupItem.add(tables.usage(), KEY, sum);
    dynamoDb.updateItem(
        u ->
            u.tableName(update.tableName())
                .key(update.key())
                .updateExpression(update.updateExpression())
                .expressionAttributeNames(update.expressionAttributeNames())
                .expressionAttributeValues(update.expressionAttributeValues()));
  }

  private Rollup stored() {
    return RollupItem.read(item());
  }

  private Map<String, AttributeValue> item() {
    Map<String, AttributeValue> key =
        Map.of("pk", AttributeValue.fromS(KEY.partition()), "sk", AttributeValue.fromS(KEY.sort()));
    return dynamoDb.getItem(g -> g.tableName(tables.usage()).key(key)).item();
  }
}
