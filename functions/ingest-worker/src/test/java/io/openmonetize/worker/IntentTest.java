package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.digest.Sha256;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.lambda.SqsBatch;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.DeadLetter;
import io.openmonetize.queue.DeadLetters;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.queue.PipelineState;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.SettledCalls;
import io.openmonetize.storage.StoredEvent;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What the worker does about calls that were announced, and about messages it cannot book. */
class IntentTest extends StoreTest {
  private static final Instant START = Instant.parse("2026-07-01T12:00:00Z");
  private static final IntentDelay DELAY = new IntentDelay(Duration.ofMinutes(30));
  private static final Instant DUE = DELAY.due(START);
  private static final int MAX_RECEIVES = 3;

  private static SqsServer sqsServer;
  private static SqsClient sqs;

  private final Calls call = Calls.of("r1", START);
  private String queue;

  @BeforeAll
  static void startQueues() {
    sqsServer = SqsServer.start();
    sqs = sqsServer.client();
  }

  @AfterAll
  static void stopQueues() {
    sqs.close();
    sqsServer.close();
  }

  @BeforeEach
  void createQueues() {
    String name = UUID.randomUUID().toString();
    String dead = sqs.createQueue(q -> q.queueName("dead-" + name)).queueUrl();
    String arn =
        sqs.getQueueAttributes(a -> a.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String policy =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(arn, MAX_RECEIVES);
    queue =
        sqs.createQueue(
                q ->
                    q.queueName("usage-" + name)
                        .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
            .queueUrl();
  }

  @AfterEach
  void checkLaw() {
    LedgerAudit.check(direct, table);
  }

  @Test
  void book_intentDueAndNoSettlement_booksTheCallAsUnaccounted() {
    assertThat(handle(DUE, intent())).isEmpty();

    StoredEvent stored = LedgerAudit.check(direct, table).getFirst();
    assertThat(stored.event().eventId()).isEqualTo("r1");
    assertThat(stored.event().timestamp()).isEqualTo(START);
    assertThat(stored.event().call().status()).isEqualTo(CallStatus.UNACCOUNTED);
    assertThat(stored.event().usage().status()).isEqualTo(UsageStatus.MISSING);
    assertThat(stored.event().requestedModel()).isEqualTo(Calls.MODEL);
    assertThat(stored.cost()).isInstanceOf(Cost.Unpriced.class);
  }

  @Test
  void book_intentDueAndSettledUnderTheAnswersId_isDropped() {
    handle(START.plusSeconds(3), event(call.answered("msg_1", UsageStatus.EXACT, 7)));

    assertThat(handle(DUE, intent())).isEmpty();
    assertThat(LedgerAudit.check(direct, table)).hasSize(1);
  }

  @Test
  void book_intentDueAndSettledUnderItsOwnId_isDropped() {
    handle(START.plusSeconds(3), event(call.timedOut()));

    assertThat(handle(DUE, intent())).isEmpty();
    assertThat(LedgerAudit.check(direct, table)).hasSize(1);
  }

  @Test
  void book_settlementAfterTheIntent_resolvesIt() {
    handle(DUE, intent());
    UsageEvent settled = call.answered("msg_1", UsageStatus.EXACT, 7);

    handle(DUE.plusSeconds(1), event(settled));

    assertThat(LedgerAudit.check(direct, table))
        .extracting(StoredEvent::event)
        .containsExactly(settled);
  }

  @Test
  void book_withdrawnBeforeOrAfterItsIntent_isNoEvent() {
    String withdrawal = QueueMessageJson.write(new QueueMessage.Withdrawal("acme", "r1"));

    assertThat(handle(START, withdrawal)).isEmpty();
    assertThat(handle(DUE, intent(), withdrawal)).isEmpty();
    assertThat(LedgerAudit.check(direct, table)).isEmpty();
  }

  @Test
  void book_intentTooEarly_isSentAgainWithADelayAndNotFailed() {
    assertThat(handle(DUE.minusSeconds(2), intent())).isEmpty();

    assertThat(LedgerAudit.check(direct, table)).isEmpty();
    assertThat(state().watched()).isEqualTo(1);
    Message again = received();
    assertThat(again.body()).isEqualTo(intent());
    assertThat(again.attributes())
        .as("in its customer's group, as the first one was")
        .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, Sha256.hex("acme"));
  }

  @Test
  void book_intentMuchTooEarly_isDelayedAsLongAsTheQueueCan() {
    handle(START, intent());

    assertThat(state()).isEqualTo(new PipelineState(0, 0, 1, 0));
  }

  @Test
  void read_intent_isWhatWasWritten() throws MalformedEventException {
    assertThat(QueueMessageJson.read(intent()))
        .isEqualTo(new QueueMessage.Intent(call.intent(DUE)));
  }

  @Test
  void book_poison_isADeadLetterAtOnceWithItsCause() {
    assertThat(handle(START, "not json", event(call.timedOut()))).isEmpty();

    assertThat(letters().list(10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.body()).isEqualTo("not json");
              assertThat(letter.cause()).isEqualTo("not JSON");
              assertThat(letter.attempts()).isEqualTo(1);
              assertThat(letter.sentAt()).isNotNull();
            });
    assertThat(LedgerAudit.check(direct, table)).hasSize(1);
  }

  @Test
  void book_lastTryFailed_isADeadLetterWithCauseAndAttempts() {
    String body = event(call.timedOut());
    assertThat(handleWithoutTime(new SqsBatch.Message("0", body, 2))).containsExactly("0");

    assertThat(handleWithoutTime(new SqsBatch.Message("0", body, 3))).isEmpty();

    DeadLetter letter = letters().list(10).getFirst();
    assertThat(letter.cause()).isEqualTo("OutOfTime");
    assertThat(letter.attempts()).isEqualTo(3);
  }

  @Test
  void book_eventOlderThanEventsAreKept_isADeadLetterThatSaysSo() {
    assertThat(handle(START.plus(Duration.ofDays(31)), new Retention(30), event(call.timedOut())))
        .isEmpty();

    DeadLetter letter = letters().list(10).getFirst();
    assertThat(letter.cause()).isEqualTo("OlderThanRetention");
    assertThat(letter.body()).isEqualTo(event(call.timedOut()));
    assertThat(LedgerAudit.check(direct, table)).isEmpty();
  }

  @Test
  void book_eventWithinTheRetentionBesideAnOlderOne_isBooked() {
    Calls recent = Calls.of("r2", START.plus(Duration.ofDays(2)));

    handle(
        START.plus(Duration.ofDays(31)),
        new Retention(30),
        event(call.timedOut()),
        event(recent.timedOut()));

    assertThat(LedgerAudit.check(direct, table))
        .extracting(StoredEvent::event)
        .containsExactly(recent.timedOut());
    assertThat(letters().list(10)).hasSize(1);
  }

  @Test
  void deadLetters_listed_stay() {
    for (int i = 0; i < 12; i++) {
      letters().add("body-" + i, "cause", i + 1);
    }

    assertThat(letters().list(5)).hasSize(5);
    assertThat(letters().list(100)).extracting(DeadLetter::body).hasSize(12);
    assertThat(state().deadLetters()).isEqualTo(12);
  }

  @Test
  void deadLetters_redriven_areInTheQueueAndNoLetters() {
    letters().add("one", "cause", 1);
    letters().add("two", "cause", 1);
    letters().add("three", "cause", 1);
    DeadLetter two =
        letters().list(10).stream().filter(l -> l.body().equals("two")).findFirst().orElseThrow();

    assertThat(letters().redrive("no such letter")).isFalse();
    assertThat(letters().redrive(two.id())).isTrue();
    assertThat(received().body()).isEqualTo("two");
    assertThat(letters().redriveSome()).isEqualTo(2);
    assertThat(state().deadLetters()).isZero();
    assertThat(state().waiting()).isEqualTo(2);
  }

  private DeadLetters letters() {
    return DeadLetters.of(sqs, queue).orElseThrow();
  }

  private PipelineState state() {
    return PipelineState.read(sqs, queue, letters().url());
  }

  private Message received() {
    List<Message> messages = new ArrayList<>();
    while (messages.isEmpty()) {
      messages.addAll(
          sqs.receiveMessage(
                  r ->
                      r.queueUrl(queue)
                          .waitTimeSeconds(5)
                          .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
              .messages());
    }
    return messages.getFirst();
  }

  private String intent() {
    return QueueMessageJson.write(new QueueMessage.Intent(call.intent(DUE)));
  }

  private static String event(UsageEvent event) {
    return UsageEventJson.write(event);
  }

  /** The ids of the messages that come again. */
  private List<String> handle(Instant now, String... bodies) {
    return handle(now, Messages.ofBodies(List.of(bodies)), Duration.ofMinutes(1));
  }

  private List<String> handleWithoutTime(SqsBatch.Message message) {
    return handle(START, new SqsBatch(List.of(message)), Duration.ZERO);
  }

  private List<String> handle(Instant now, SqsBatch batch, Duration time) {
    return handle(now, batch, time, Retention.FOR_EVER);
  }

  private List<String> handle(Instant now, Retention retention, String... bodies) {
    return handle(now, Messages.ofBodies(List.of(bodies)), Duration.ofMinutes(1), retention);
  }

  private List<String> handle(Instant now, SqsBatch batch, Duration time, Retention retention) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Log log = new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, clock);
    WorkerFunction worker =
        new WorkerFunction(
            new Ledger(Ledgers.booking(direct, table, DELAY, retention)),
            new Intents(
                new SettledCalls(direct, table)::lists, new UsageQueue(sqs, queue, log)::send),
            new DeadLetterKeeper(sqs, queue, log),
            PriceBook.bundled()::price,
            clock,
            log);
    return List.copyOf(worker.book(batch, Times.left(time)));
  }
}
