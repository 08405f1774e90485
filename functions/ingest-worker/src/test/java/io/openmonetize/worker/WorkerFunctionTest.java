package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.lambda.SqsBatch;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.storage.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

class WorkerFunctionTest extends StoreTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @Test
  void book_goodEvent_isBookedWithItsPriceAndTheTime() {
    UsageEvent event = Reports.ofCustomer("acme", "e1", 1_000_000);

    assertThat(handle(Messages.of(List.of(event)))).isEmpty();

    StoredEvent booked = LedgerAudit.check(direct, table).getFirst();
    assertThat(booked.event()).isEqualTo(event);
    assertThat(booked.receivedAt()).isEqualTo(NOW);
    assertThat(booked.cost()).isEqualTo(PriceBook.bundled().price(event));
    assertThat(booked.cost()).isInstanceOf(Cost.Priced.class);
  }

  @Test
  void book_malformedMessage_failsAloneAndSaysWhyWithoutItsText() {
    String good = UsageEventJson.write(Reports.ofCustomer("acme", "e1", 10));
    String secret = good.replace("\"user\"", "{\"secret-user\":1}");

    Set<String> answer =
        handle(Messages.ofBodies(List.of("not json", good, secret, "{\"v\":1}", "")));

    assertThat(answer).containsExactly("0", "2", "3", "4");
    assertThat(LedgerAudit.check(direct, table)).hasSize(1);
    assertThat(log()).contains("message.unreadable", "not JSON").doesNotContain("secret-user");
  }

  @Test
  void book_countThatWouldSpoilASum_failsAlone() {
    UsageEvent absurd = Reports.ofCustomer("acme", "e1", Long.MAX_VALUE);
    UsageEvent good = Reports.ofCustomer("acme", "e2", 10);

    assertThat(handle(Messages.of(List.of(absurd, good)))).containsExactly("0");
    assertThat(log()).contains("a token count is too large to be one");
  }

  @Test
  void book_featureTooLongForAKey_failsAlone() {
    UsageEvent absurd = Reports.withFeature(Reports.ofCustomer("acme", "e1", 1), "#".repeat(600));
    UsageEvent good = Reports.ofCustomer("acme", "e2", 10);

    assertThat(handle(Messages.of(List.of(absurd, good)))).containsExactly("0");
  }

  @Test
  void book_conflict_isLoggedAndNotRetried() {
    handle(Messages.of(List.of(Reports.ofCustomer("acme", "e1", 10))));

    assertThat(handle(Messages.of(List.of(Reports.ofCustomer("acme", "e1", 11))))).isEmpty();
    assertThat(log()).contains("event.conflict", "\"conflicts\":1");
  }

  @Test
  void book_noTimeLeft_returnsAllForAnotherTry() {
    Set<String> answer =
        worker()
            .book(Messages.of(List.of(Reports.ofCustomer("acme", "e1", 10))), () -> Duration.ZERO);

    assertThat(answer).containsExactly("0");
    assertThat(log()).contains("event.not_recorded", "OutOfTime");
  }

  @Test
  void book_eventsFromARealQueue_areBooked() {
    List<UsageEvent> events = new Reports(1).shuffled(20);
    try (SqsServer sqs = SqsServer.start();
        SqsClient client = sqs.client()) {
      String url = client.createQueue(q -> q.queueName("usage")).queueUrl();
      assertThat(queue(client, url).sendAll(events)).isEmpty();

      assertThat(handle(received(client, url, events.size()))).isEmpty();
    }
    assertThat(LedgerAudit.check(direct, table)).hasSize(20);
  }

  private UsageQueue queue(SqsClient client, String url) {
    return new UsageQueue(client, url, new Log(logged, Log.Level.INFO, Clock.systemUTC()));
  }

  private static SqsBatch received(SqsClient client, String url, int count) {
    List<SqsBatch.Message> messages = new ArrayList<>();
    while (messages.size() < count) {
      client
          .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(5))
          .messages()
          .forEach(m -> messages.add(Messages.message(m.messageId(), m.body())));
    }
    return new SqsBatch(messages);
  }

  private Set<String> handle(SqsBatch batch) {
    return worker().book(batch, Times.left(Duration.ofMinutes(1)));
  }

  private WorkerFunction worker() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new WorkerFunction(
        new Ledger(Ledgers.booking(direct, table)),
        new Intents((c, t, id) -> false, (intent, now) -> {}),
        (message, cause, hopeless) -> false,
        PriceBook.bundled()::price,
        clock,
        new Log(logged, Log.Level.INFO, clock));
  }

  private String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }
}
