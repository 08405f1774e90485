package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** What a page reads must not grow with the number of events. */
class BoundedReadsTest extends StoreTest {
  private static final Instant FROM = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-07-02T06:00:00Z");

  private final AtomicInteger itemsRead = new AtomicInteger();
  private final Random random = new Random(1);
  private DynamoDbClient counted;
  private EventFeed feed;
  private RollupReader rollups;

  @BeforeEach
  void countReads() {
    counted = countingClient();
    feed = new EventFeed(counted, tables.usage(), LAYOUT);
    rollups = new RollupReader(counted, tables.usage(), LAYOUT);
  }

  @AfterEach
  void closeClient() {
    counted.close();
  }

  @Test
  void page_tenTimesTheEvents_readsAsManyItems() throws Exception {
    book(someOfToday(200));
    int before = readsOfAPage();
    book(someOfToday(1_800));

    // Not the same number: it depends on how the newest lie in the shards.
    assertThat(readsOfAPage()).isLessThan(2 * before);
  }

  @Test
  void sum_tenTimesTheEvents_readsAsManyItems() {
    book(someOfToday(200));
    int before = readsOfASum();
    book(someOfToday(1_800));

    assertThat(readsOfASum()).isEqualTo(before);
  }

  private int readsOfAPage() throws InvalidCursorException {
    itemsRead.set(0);
    assertThat(feed.page(EventFilter.ALL, FROM, TO, 50, null).events()).hasSize(50);
    return itemsRead.get();
  }

  private int readsOfASum() {
    itemsRead.set(0);
    assertThat(rollups.sum(RollupFilter.ALL, FROM, TO).events()).isPositive();
    return itemsRead.get();
  }

  /** Of two models and each of the first six hours, so that every sum exists from the start. */
  private List<StoredEvent> someOfToday(int count) {
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = Long.toHexString(random.nextLong());
      String model = i % 2 == 0 ? "claude-sonnet-4-5" : "claude-haiku-4-5";
      Instant time = Instant.parse("2026-07-02T00:00:00Z").plusSeconds(i % 6 * 3600L + i % 3600);
      UsageLine line = new UsageLine(model, TokenCounts.of(TokenClass.INPUT, 10));
      UsageEvent event =
          new UsageEvent(
              id,
              new EventIdentity.ById(id),
              EventType.TOKEN_USAGE,
              time,
              Source.PROXY,
              "dev",
              null,
              new Attribution("acme", "user", null, "chat", null),
              Provider.ANTHROPIC,
              model,
              null,
              "messages",
              true,
              new Usage(UsageStatus.EXACT, null, PricingTerms.UNSAID, List.of(line), null),
              Call.REPORTED);
      events.add(new StoredEvent(event, new Cost.Priced(BigDecimal.ONE, "book"), time));
    }
    return events;
  }

  private DynamoDbClient countingClient() {
    ExecutionInterceptor counter =
        new ExecutionInterceptor() {
          @Override
          public void afterExecution(
              Context.AfterExecution context, ExecutionAttributes attributes) {
            if (context.response() instanceof QueryResponse response) {
              itemsRead.addAndGet(response.scannedCount());
            }
          }
        };
    return DynamoDbClient.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(o -> o.addExecutionInterceptor(counter))
        .build();
  }
}
