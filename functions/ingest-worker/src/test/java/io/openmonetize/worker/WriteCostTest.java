package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.Tables;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** What booking costs, in the write units that the server says it consumed. */
class WriteCostTest {
  @Test
  void recordOnce_fiftyEventsOfOneUser_costAtMostFiveUnitsEach() throws Exception {
    assertThat(unitsPerEvent(50, i -> Reports.ofCustomer("acme", "event-" + i, 100 + i)))
        .isLessThanOrEqualTo(new BigDecimal("5"));
  }

  private static BigDecimal unitsPerEvent(int events, IntFunction<UsageEvent> report) {
    AtomicReference<BigDecimal> consumed = new AtomicReference<>(BigDecimal.ZERO);
    try (DynamoDbServer server = DynamoDbServer.start();
        DynamoDbClient client = client(server.endpoint(), consumed)) {
      new Tables("control", "usage").create(client);
      List<StoredEvent> batch =
          IntStream.range(0, events)
              .mapToObj(report)
              .map(e -> new StoredEvent(e, PriceBook.bundled().price(e), Instant.EPOCH))
              .toList();
      Ledger ledger = new Ledger(Ledgers.booking(client, "usage"));

      assertThat(ledger.recordOnce(batch, () -> Duration.ofMinutes(1)))
          .containsOnly(new Outcome.Recorded());
    }
    assertThat(consumed.get()).isPositive();
    return consumed.get().divide(BigDecimal.valueOf(events));
  }

  private static DynamoDbClient client(URI endpoint, AtomicReference<BigDecimal> consumed) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(o -> o.addExecutionInterceptor(new Meter(consumed)))
        .build();
  }

  private record Meter(AtomicReference<BigDecimal> consumed) implements ExecutionInterceptor {
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof TransactWriteItemsRequest request
          ? request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.INDEXES).build()
          : context.request();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      if (context.response() instanceof TransactWriteItemsResponse response) {
        response
            .consumedCapacity()
            .forEach(
                c ->
                    consumed.accumulateAndGet(
                        BigDecimal.valueOf(c.capacityUnits()), BigDecimal::add));
      }
    }
  }
}
