package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.ReratingScope;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.Tables;
import io.openmonetize.storage.UsageLayout;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * What booking costs, in the write units that the server says it consumed, printed as a table of
 * units an event: of the table (events twice, as all in a transaction, and sums) and of the feeds.
 */
class WriteCostTest {
  private static final Instant SOON = Instant.parse("2026-06-30T20:00:05Z");
  private static final Instant LATE = Instant.parse("2026-07-01T20:00:00Z");

  @Test
  void recordOnce_fiftyCallsOfOneUser_costAtMostFiveUnitsEach() {
    assertThat(unitsPerEvent("50 of one user", 50, SOON, WriteCostTest::ofOneUser))
        .isLessThanOrEqualTo(new BigDecimal("5"));
  }

  @Test
  void recordOnce_smallerBatchesAndOtherUsers_costMore() {
    BigDecimal alone = unitsPerEvent("1 alone", 1, SOON, WriteCostTest::ofOneUser);
    BigDecimal ten = unitsPerEvent("10 of one user", 10, SOON, WriteCostTest::ofOneUser);
    BigDecimal users = unitsPerEvent("50, each of another user", 50, SOON, WriteCostTest::ofMany);
    BigDecimal late = unitsPerEvent("50 of one user, late", 50, LATE, WriteCostTest::ofOneUser);

    assertThat(ten).isLessThan(alone);
    assertThat(users).isLessThan(alone);
    assertThat(late).isLessThan(new BigDecimal("7"));
  }

  @Test
  void rerating_fiftyEventsOfOneUser_costAtMostEightUnitsEach() {
    List<ConsumedCapacity> consumed = new CopyOnWriteArrayList<>();
    try (DynamoDbServer server = DynamoDbServer.start();
        DynamoDbClient client = client(server.endpoint(), consumed)) {
      new Tables("control", "usage").create(client);
      List<StoredEvent> batch =
          IntStream.range(0, 50)
              .mapToObj(WriteCostTest::ofOneUser)
              .map(e -> new StoredEvent(e, new Cost.Unpriced("none", "before"), e.timestamp()))
              .toList();
      new Ledger(Ledgers.booking(client, "usage")).recordOnce(batch, () -> Duration.ofMinutes(1));
      consumed.clear();

      new Rerating(
              client,
              "usage",
              UsageLayout.DEFAULT,
              PriceBook.bundled(),
              Clock.systemUTC(),
              new Random())
          .run(
              new ReratingScope(
                  Instant.parse("2026-06-30T00:00:00Z"),
                  Instant.parse("2026-07-01T00:00:00Z"),
                  null,
                  false),
              () -> Duration.ofMinutes(1));
    }

    assertThat(perEvent("50 of one user, corrected", 50, consumed))
        .isLessThanOrEqualTo(BigDecimal.valueOf(8));
  }

  private static UsageEvent ofOneUser(int i) {
    return Calls.of("request-" + i, Instant.parse("2026-06-30T20:00:00Z"))
        .answered("msg_" + i, UsageStatus.EXACT, 100 + i);
  }

  private static UsageEvent ofMany(int i) {
    return Reports.withUser(Reports.ofCustomer("acme", "event-" + i, 100 + i), "user-" + i);
  }

  private static BigDecimal unitsPerEvent(
      String what, int events, Instant now, IntFunction<UsageEvent> report) {
    List<ConsumedCapacity> consumed = new CopyOnWriteArrayList<>();
    try (DynamoDbServer server = DynamoDbServer.start();
        DynamoDbClient client = client(server.endpoint(), consumed)) {
      new Tables("control", "usage").create(client);
      List<StoredEvent> batch =
          IntStream.range(0, events)
              .mapToObj(report)
              .map(e -> new StoredEvent(e, PriceBook.bundled().price(e), now))
              .toList();
      Ledger ledger = new Ledger(Ledgers.booking(client, "usage"));

      assertThat(ledger.recordOnce(batch, () -> Duration.ofMinutes(1)))
          .containsOnly(new Outcome.Recorded());
    }
    return perEvent(what, events, consumed);
  }

  private static BigDecimal perEvent(String what, int events, List<ConsumedCapacity> consumed) {
    double table = consumed.stream().mapToDouble(c -> c.table().capacityUnits()).sum();
    double feeds =
        consumed.stream()
            .flatMap(c -> c.globalSecondaryIndexes().values().stream())
            .mapToDouble(Capacity::capacityUnits)
            .sum();
    System.out.printf(
        "write units an event, %-26s table %5.2f, feeds %4.2f, together %5.2f%n",
        what + ":", table / events, feeds / events, (table + feeds) / events);
    assertThat(table).isPositive();
    return BigDecimal.valueOf((table + feeds) / events);
  }

  private static DynamoDbClient client(URI endpoint, List<ConsumedCapacity> consumed) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(o -> o.addExecutionInterceptor(new Meter(consumed)))
        .build();
  }

  private record Meter(List<ConsumedCapacity> consumed) implements ExecutionInterceptor {
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof TransactWriteItemsRequest request
          ? request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.INDEXES).build()
          : context.request();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      if (context.response() instanceof TransactWriteItemsResponse response) {
        consumed.addAll(response.consumedCapacity());
      }
    }
  }
}
