package io.openmonetize.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.lambda.SqsBatch;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.PayloadHandler;
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
  private static final List<String> ALL_WELL = List.of();

  /** Shorter than the visibility timeout, or a batch would hold one message twice. */
  private static final Duration WINDOW = Duration.ofMillis(300);

  private static final String VISIBILITY_SECONDS = "3";

  private static SqsServer server;
  private static SqsClient sqs;
  private static int queues;

  private final BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();
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
      JsonNode message = new ObjectMapper().readTree(nextEvent()).at("/Records/0");

      assertThat(message.path("body").asText()).isEqualTo("one");
      assertThat(message.path("eventSource").asText()).isEqualTo("aws:sqs");
      assertThat(message.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
      assertThat(message.path("attributes").has("SentTimestamp")).isTrue();
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
      assertThat(next().messages()).hasSize(25);
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
    try (SqsEventSource _ = start(event -> List.of("nobody"))) {
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

  private SqsEventSource start(Function<SqsBatch, List<String>> function) {
    return start(new SqsEventSource.Settings(100, WINDOW, Duration.ofSeconds(30), 1), function);
  }

  private SqsEventSource start(
      SqsEventSource.Settings settings, Function<SqsBatch, List<String>> function) {
    Log log = new Log(new ByteArrayOutputStream(), Log.Level.DEBUG, Clock.systemUTC());
    PayloadHandler handler =
        invocation -> {
          seen.add(invocation.event());
          return SqsBatch.failures(function.apply(SqsBatch.read(invocation.event())));
        };
    return SqsEventSource.start(sqs, queue, handler, settings, Clock.systemUTC(), log);
  }

  private SqsBatch next() throws Exception {
    return SqsBatch.read(nextEvent());
  }

  private byte[] nextEvent() throws InterruptedException {
    byte[] event = seen.poll(60, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  private static List<String> failBad(SqsBatch batch) {
    return batch.messages().stream()
        .filter(message -> message.body().equals("bad"))
        .map(SqsBatch.Message::id)
        .toList();
  }

  private static List<String> bodies(SqsBatch batch) {
    return batch.messages().stream().map(SqsBatch.Message::body).toList();
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
