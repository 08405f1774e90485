package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallStatus;
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
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * What the reads behind a page cost, in the units that the server says it consumed, printed. The
 * table holds thirty days of two features and four models each, every one of them used each hour of
 * the last two days.
 */
class ReadCostTest extends StoreTest {
  private static final Instant TO = Instant.parse("2026-07-01T00:00:00Z");
  private static final Instant FROM = TO.minus(30, ChronoUnit.DAYS);

  private final Queue<QueryResponse> answers = new ConcurrentLinkedQueue<>();
  private DynamoDbClient metered;

  @BeforeEach
  void bookAMonth() {
    metered = meteredClient();
    List<StoredEvent> events = new ArrayList<>();
    for (int hour = 0; hour < 48; hour++) {
      addOneOfEachUse(events, TO.minus(hour + 1L, ChronoUnit.HOURS));
    }
    for (int day = 3; day <= 30; day++) {
      addOneOfEachUse(events, TO.minus(day, ChronoUnit.DAYS));
    }
    for (int first = 0; first < events.size(); first += 4) {
      LedgerChange change = new LedgerChange(tables.usage(), LAYOUT, first / 4 % 4);
      events.subList(first, Math.min(first + 4, events.size())).forEach(change::put);
      dynamoDb.transactWriteItems(t -> t.transactItems(change.actions()));
    }
  }

  @AfterEach
  void closeClient() {
    metered.close();
  }

  @Test
  void reads_behindAPage_costSomeUnitsWhateverTheNumberOfEvents() throws Exception {
    RollupReader rollups = new RollupReader(metered, tables.usage(), LAYOUT);
    EventFeed feed = new EventFeed(metered, tables.usage(), LAYOUT);
    LateChanges late = new LateChanges(metered, tables.usage(), LAYOUT);
    RollupFilter acme = new RollupFilter("acme", null, null, null, null);
    EventFilter ofAcme = EventFilter.ofCustomer("acme");
    LocalDate day = LocalDate.parse("2026-07-01");

    double sum = units("30 days summed, one customer", () -> rollups.sum(acme, FROM, TO));
    double all = units("30 days summed, all", () -> rollups.sum(RollupFilter.ALL, FROM, TO));
    double hours =
        units(
            "48 hours, all",
            () ->
                rollups.uses(
                    RollupFilter.ALL, RollupReader.By.USE, hoursBefore(TO, 48), use -> use));
    double page = units("50 events, one customer", () -> feed.page(ofAcme, FROM, TO, 50, null));
    double pageOfAll =
        units("50 events, all", () -> feed.page(EventFilter.ALL, FROM, TO, 50, null));
    double year =
        units("a year of late changes, all", () -> late.list(null, day.minusYears(1), day));

    assertThat(List.of(sum, all, hours, page, pageOfAll, year))
        .allMatch(units -> units > 0 && units < 100);
  }

  private static List<Instant> hoursBefore(Instant to, int count) {
    return IntStream.rangeClosed(0, count)
        .mapToObj(hour -> to.minus(count - hour, ChronoUnit.HOURS))
        .toList();
  }

  private double units(String what, Callable<?> read) throws Exception {
    answers.clear();
    read.call();
    double units = answers.stream().mapToDouble(a -> a.consumedCapacity().capacityUnits()).sum();
    int items = answers.stream().mapToInt(QueryResponse::scannedCount).sum();
    System.out.printf(
        "read units, %-30s %6.1f of %2d queries, %4d items%n",
        what + ":", units, answers.size(), items);
    return units;
  }

  private static void addOneOfEachUse(List<StoredEvent> events, Instant time) {
    for (String feature : List.of("chat", "search")) {
      for (int model = 0; model < 4; model++) {
        events.add(event("msg_01XFDUDYJgAACzvnp" + events.size(), feature, "model-" + model, time));
      }
    }
  }

  private static StoredEvent event(String id, String feature, String model, Instant time) {
    UsageLine line =
        new UsageLine(
            model,
            TokenCounts.of(TokenClass.INPUT, 2095)
                .plus(TokenCounts.of(TokenClass.CACHE_READ, 1024))
                .plus(TokenCounts.of(TokenClass.OUTPUT, 503)));
    UsageEvent event =
        new UsageEvent(
            "0f1c9a52-6a0e-4f5e-9f1e-3f2a1b0c9d8e",
            new EventIdentity.ByResponse(Provider.ANTHROPIC, id),
            EventType.TOKEN_USAGE,
            time,
            Source.PROXY,
            "live",
            "key_01j2xk3m4n",
            new Attribution("acme", "user-0815", null, feature, "{\"plan\":\"pro\"}"),
            Provider.ANTHROPIC,
            model,
            null,
            "messages",
            true,
            new Usage(
                UsageStatus.EXACT,
                null,
                new PricingTerms("standard", null, null),
                List.of(line),
                "{\"input_tokens\":2095,\"cache_read_input_tokens\":1024,\"output_tokens\":503}"),
            new Call(CallStatus.OK, 200, null, "req_011CSHoEeqs5C35K2UUqR7Fy", id, 412L, 8123L));
    return new StoredEvent(
        event, new Cost.Priced(new BigDecimal("0.0213645"), "2026-07-01-0123abcd"), time);
  }

  private DynamoDbClient meteredClient() {
    ExecutionInterceptor meter =
        new ExecutionInterceptor() {
          @Override
          public SdkRequest modifyRequest(
              Context.ModifyRequest context, ExecutionAttributes attributes) {
            return context.request() instanceof QueryRequest query
                ? query.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build()
                : context.request();
          }

          @Override
          public void afterExecution(
              Context.AfterExecution context, ExecutionAttributes attributes) {
            if (context.response() instanceof QueryResponse response) {
              answers.add(response);
            }
          }
        };
    return DynamoDbClient.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(o -> o.addExecutionInterceptor(meter))
        .build();
  }
}
