package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
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
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

class WorkerFunctionTest extends StoreTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @Test
  void handleRequest_goodEvent_isBookedWithItsPriceAndTheTime() {
    UsageEvent event = Reports.ofCustomer("acme", "e1", 1_000_000);

    assertThat(failed(handle(Messages.of(List.of(event))))).isEmpty();

    StoredEvent booked = LedgerAudit.check(direct, table).getFirst();
    assertThat(booked.event()).isEqualTo(event);
    assertThat(booked.receivedAt()).isEqualTo(NOW);
    assertThat(booked.cost()).isEqualTo(PriceBook.bundled().price(event));
    assertThat(booked.cost()).isInstanceOf(Cost.Priced.class);
  }

  @Test
  void handleRequest_malformedMessage_failsAloneAndSaysWhyWithoutItsText() {
    String good = UsageEventJson.write(Reports.ofCustomer("acme", "e1", 10));
    String secret = good.replace("\"user\"", "{\"secret-user\":1}");

    SQSBatchResponse answer =
        handle(Messages.ofBodies(List.of("not json", good, secret, "{\"v\":1}", "")));

    assertThat(failed(answer)).containsExactly("0", "2", "3", "4");
    assertThat(LedgerAudit.check(direct, table)).hasSize(1);
    assertThat(log()).contains("message.unreadable", "not JSON").doesNotContain("secret-user");
  }

  @Test
  void handleRequest_countThatWouldSpoilASum_failsAlone() {
    UsageEvent absurd = Reports.ofCustomer("acme", "e1", Long.MAX_VALUE);
    UsageEvent good = Reports.ofCustomer("acme", "e2", 10);

    assertThat(failed(handle(Messages.of(List.of(absurd, good))))).containsExactly("0");
    assertThat(log()).contains("a token count is too large to be one");
  }

  @Test
  void handleRequest_featureTooLongForAKey_failsAlone() {
    UsageEvent absurd = Reports.withFeature(Reports.ofCustomer("acme", "e1", 1), "#".repeat(600));
    UsageEvent good = Reports.ofCustomer("acme", "e2", 10);

    assertThat(failed(handle(Messages.of(List.of(absurd, good))))).containsExactly("0");
  }

  @Test
  void handleRequest_conflict_isLoggedAndNotRetried() {
    handle(Messages.of(List.of(Reports.ofCustomer("acme", "e1", 10))));

    assertThat(failed(handle(Messages.of(List.of(Reports.ofCustomer("acme", "e1", 11))))))
        .isEmpty();
    assertThat(log()).contains("event.conflict", "\"conflicts\":1");
  }

  @Test
  void handleRequest_noTimeLeft_returnsAllForAnotherTry() {
    SQSBatchResponse answer =
        worker()
            .handleRequest(
                Messages.of(List.of(Reports.ofCustomer("acme", "e1", 10))),
                new TestContext(Duration.ZERO));

    assertThat(failed(answer)).containsExactly("0");
    assertThat(log()).contains("event.not_recorded", "OutOfTime");
  }

  @Test
  void handleRequest_eventsFromARealQueue_areBooked() {
    List<UsageEvent> events = new Reports(1).shuffled(20);
    try (SqsServer sqs = SqsServer.start();
        SqsClient client = sqs.client()) {
      String url = client.createQueue(q -> q.queueName("usage")).queueUrl();
      assertThat(queue(client, url).sendAll(events)).isEmpty();

      assertThat(failed(handle(received(client, url, events.size())))).isEmpty();
    }
    assertThat(LedgerAudit.check(direct, table)).hasSize(20);
  }

  private UsageQueue queue(SqsClient client, String url) {
    return new UsageQueue(client, url, new Log(logged, Log.Level.INFO, Clock.systemUTC()));
  }

  private static SQSEvent received(SqsClient client, String url, int count) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    while (messages.size() < count) {
      client
          .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(5))
          .messages()
          .forEach(m -> messages.add(Messages.message(m.messageId(), m.body())));
    }
    SQSEvent batch = new SQSEvent();
    batch.setRecords(messages);
    return batch;
  }

  private SQSBatchResponse handle(SQSEvent batch) {
    return worker().handleRequest(batch, new TestContext(Duration.ofMinutes(1)));
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

  private static List<String> failed(SQSBatchResponse answer) {
    return answer.getBatchItemFailures().stream()
        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }
}
