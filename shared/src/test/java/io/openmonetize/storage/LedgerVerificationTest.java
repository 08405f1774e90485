package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.storage.LedgerVerification.Drift;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class LedgerVerificationTest extends StoreTest {
  private static final Instant JULY = Instant.parse("2026-07-01T22:00:00Z");
  private static final Instant NEXT_DAY = Instant.parse("2026-07-02T00:00:00Z");

  private List<StoredEvent> events;

  @BeforeEach
  void bookEvents() {
    events = new RandomEvents(7, JULY, Duration.ofHours(5)).list(60);
    book(events);
  }

  @Test
  void run_bookedLedger_hasNoDrift() {
    LedgerVerification.Report report = verify(null, Instant.MIN, Instant.MAX);

    assertThat(report.events()).isEqualTo(60);
    assertThat(report.sums()).isPositive();
    assertThat(report.drifts()).isEmpty();
  }

  @Test
  void run_counterAltered_namesItAndBothValues() {
    Map<String, AttributeValue> key = key(dayOfCustomer(events.getFirst()));
    dynamoDb.updateItem(
        u ->
            u.tableName(tables.usage())
                .key(key)
                .updateExpression("ADD n :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));

    List<Drift> drifts = verify(null, Instant.MIN, Instant.MAX).drifts();

    assertThat(drifts).hasSize(1);
    assertThat(drifts.getFirst().item()).startsWith(key.get("pk").s());
    assertThat(drifts.getFirst().counter()).isEqualTo("n");
    assertThat(drifts.getFirst().found())
        .isEqualByComparingTo(drifts.getFirst().expected().add(BigDecimal.ONE));
  }

  @Test
  void run_eventRemoved_isDriftInEverySumThatCountedIt() {
    StoredEvent gone = events.getFirst();
    dynamoDb.deleteItem(
        d ->
            d.tableName(tables.usage())
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS(EventKey.of(gone.event()).partition()),
                        "sk", AttributeValue.fromS(EventKey.SORT))));

    assertThat(
            verify(null, Instant.MIN, Instant.MAX).drifts().stream()
                .filter(drift -> drift.counter().equals("n")))
        .hasSize(RollupFold.keys(gone.event(), 0).size());
  }

  @Test
  void run_otherCustomerOrTime_doesNotSeeTheDrift() {
    StoredEvent first = events.getFirst();
    String customer = first.event().attribution().customerId();
    Map<String, AttributeValue> key = key(dayOfCustomer(first));
    dynamoDb.deleteItem(d -> d.tableName(tables.usage()).key(key));
    boolean nextDay = !first.event().timestamp().isBefore(NEXT_DAY);

    assertThat(verify("somebody else", Instant.MIN, Instant.MAX).drifts()).isEmpty();
    assertThat(verify(customer, Instant.MIN, Instant.MAX).drifts()).isNotEmpty();
    assertThat(
            verify(customer, nextDay ? Instant.MIN : NEXT_DAY, nextDay ? NEXT_DAY : Instant.MAX)
                .drifts())
        .isEmpty();
  }

  private LedgerVerification.Report verify(@Nullable String customer, Instant from, Instant to) {
    return LedgerVerification.run(dynamoDb, tables.usage(), customer, from, to);
  }

  private static RollupKey dayOfCustomer(StoredEvent stored) {
    return RollupFold.keys(stored.event(), 0).stream()
        .filter(key -> key.scope() instanceof RollupScope.OfCustomer && key.grain() == Grain.DAY)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, AttributeValue> key(RollupKey key) {
    return Map.of(
        "pk", AttributeValue.fromS(key.partition()), "sk", AttributeValue.fromS(key.sort()));
  }
}
