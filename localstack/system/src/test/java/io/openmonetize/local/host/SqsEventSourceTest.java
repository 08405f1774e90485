package io.openmonetize.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Timeout(120)
class SqsEventSourceTest {
  private static final SQSBatchResponse ALL_WELL = new SQSBatchResponse(List.of());

  /** Shorter than the visibility timeout, or a batch would hold one message twice. */
  private static final Duration WINDOW = Duration.ofMillis(300);

  private static final String VISIBILITY_SECONDS = "3";

  private static SqsServer server;
  private static SqsClient sqs;
  private static int queues;

  private final BlockingQueue<SQSEvent> seen = new LinkedBlockingQueue<>();
  private String queue;
  private String deadLetters;

  @BeforeAll
  static void startServer() {
    server = SqsServer.start();
    sqs = server.client();
  }

  @AfterAll
  static void stopServer() {
    sqs.close();
    server.close();
  }

  @BeforeEach
  void createQueues() {
    queues++;
    deadLetters = sqs.createQueue(q -> q.queueName("dead-" + queues)).queueUrl();
    String arn =
        sqs.getQueueAttributes(
                a -> a.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    queue =
        sqs.createQueue(
                q ->
                    q.queueName("usage-" + queues)
                        .attributes(
                            Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                VISIBILITY_SECONDS,
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":2}"
                                    .formatted(arn))))
            .queueUrl();
  }

  @AfterEach
  void forget() {
    seen.clear();
  }

  @Test
  void message_thatIsTaken_isDeleted() throws Exception {
    sqs.sendMessage(s -> s.queueUrl(queue).messageBody("one").messageGroupId("customer"));

    try (SqsEventSource _ = start(event -> ALL_WELL)) {
      SQSEvent.SQSMessage message = next().getRecords().getFirst();

      assertThat(message.getBody()).isEqualTo("one");
      assertThat(message.getEventSource()).isEqualTo("aws:sqs");
      assertThat(message.getAttributes()).containsEntry("ApproximateReceiveCount", "1");
      assertThat(message.getAttributes()).containsKey("SentTimestamp");
      eventually(() -> count(queue) == 0);
    }
  }

  @Test
  void messages_moreThanOneReceiveGives_areOneBatch() throws Exception {
    sqs.setQueueAttributes(
        a -> a.queueUrl(queue).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60")));
    for (int i = 0; i < 25; i++) {
      String body = "message " + i;
      sqs.sendMessage(s -> s.queueUrl(queue).messageBody(body));
    }

    var settings =
        new SqsEventSource.Settings(25, Duration.ofMinutes(1), Duration.ofSeconds(30), 1);
    try (SqsEventSource _ = start(settings, event -> ALL_WELL)) {
      assertThat(next().getRecords()).hasSize(25);
    }
  }

  @Test
  void batch_thatFailsInPart_comesAgainInThatPart() throws Exception {
    sqs.sendMessage(s -> s.queueUrl(queue).messageBody("good"));
    sqs.sendMessage(s -> s.queueUrl(queue).messageBody("bad"));

    try (SqsEventSource _ = start(SqsEventSourceTest::failBad)) {
      assertThat(bodies(next())).containsExactlyInAnyOrder("good", "bad");
      assertThat(bodies(next())).containsExactly("bad");
    }
  }

  @Test
  void message_thatFailsTooOften_isADeadLetter() throws Exception {
    sqs.sendMessage(s -> s.queueUrl(queue).messageBody("bad"));

    try (SqsEventSource _ = start(SqsEventSourceTest::failBad)) {
      next();
      next();
      eventually(() -> count(deadLetters) == 1);
    }
  }

  @Test
  void function_thatThrows_failsTheWholeBatch() throws Exception {
    sqs.sendMessage(s -> s.queueUrl(queue).messageBody("one"));

    try (SqsEventSource _ =
        start(
            event -> {
              throw new IllegalStateException("broken");
            })) {
      assertThat(bodies(next())).containsExactly("one");
      assertThat(bodies(next())).containsExactly("one");
    }
  }

  @Test
  void answer_thatNamesAnUnknownMessage_failsTheWholeBatch() throws Exception {
    sqs.sendMessage(s -> s.queueUrl(queue).messageBody("one"));
    SQSBatchResponse strange =
        new SQSBatchResponse(List.of(new SQSBatchResponse.BatchItemFailure("nobody")));

    try (SqsEventSource _ = start(event -> strange)) {
      assertThat(bodies(next())).containsExactly("one");
      assertThat(bodies(next())).containsExactly("one");
    }
  }

  @Test
  void close_withABatchInHand_finishesIt() throws Exception {
    sqs.sendMessage(s -> s.queueUrl(queue).messageBody("one"));
    CountDownLatch mayEnd = new CountDownLatch(1);
    var source =
        start(
            event -> {
              await(mayEnd);
              return ALL_WELL;
            });
    next();

    Thread closing = Thread.ofVirtual().start(source::close);
    assertThat(closing.join(Duration.ofMillis(50))).isFalse();
    mayEnd.countDown();
    closing.join();

    assertThat(count(queue)).isZero();
  }

  private SqsEventSource start(Function<SQSEvent, SQSBatchResponse> function) {
    return start(new SqsEventSource.Settings(100, WINDOW, Duration.ofSeconds(30), 1), function);
  }

  private SqsEventSource start(
      SqsEventSource.Settings settings, Function<SQSEvent, SQSBatchResponse> function) {
    Log log = new Log(new ByteArrayOutputStream(), Log.Level.DEBUG, Clock.systemUTC());
    RequestHandler<SQSEvent, SQSBatchResponse> handler =
        (event, context) -> {
          seen.add(event);
          return function.apply(event);
        };
    return SqsEventSource.start(sqs, queue, handler, settings, Clock.systemUTC(), log);
  }

  private SQSEvent next() throws InterruptedException {
    SQSEvent event = seen.poll(60, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  private static SQSBatchResponse failBad(SQSEvent event) {
    return new SQSBatchResponse(
        event.getRecords().stream()
            .filter(message -> message.getBody().equals("bad"))
            .map(message -> new SQSBatchResponse.BatchItemFailure(message.getMessageId()))
            .toList());
  }

  private static List<String> bodies(SQSEvent event) {
    return event.getRecords().stream().map(SQSEvent.SQSMessage::getBody).toList();
  }

  /** All messages of a queue, hidden ones too. */
  private static int count(String queueUrl) {
    return sqs
        .getQueueAttributes(
            a ->
                a.queueUrl(queueUrl)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
