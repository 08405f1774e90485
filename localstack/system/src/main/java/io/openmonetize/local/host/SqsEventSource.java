package io.openmonetize.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.PayloadHandler;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A Lambda event source mapping of an SQS queue that reports batch item failures: what the function
 * took is deleted, what failed stays and comes again after its visibility timeout, until the
 * queue's own policy moves it to the dead letters.
 */
public final class SqsEventSource implements AutoCloseable {
  /**
   * @param batchSize messages of one invocation at most
   * @param window how long a batch that is not full waits for more, from its first message on
   * @param functionTimeout what the function is told that it has
   */
  public record Settings(int batchSize, Duration window, Duration functionTimeout, int pollers) {}

  private static final int RECEIVED_AT_ONCE = 10;
  private static final int LONG_POLL_SECONDS = 2;
  private static final Duration SHORT_PAUSE = Duration.ofMillis(20);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqsClient sqs;
  private final String queueUrl;
  private final PayloadHandler function;
  private final Settings settings;
  private final Clock clock;
  private final Log log;
  private final List<Thread> pollers = new ArrayList<>();
  private volatile boolean stopping;

  private SqsEventSource(
      SqsClient sqs,
      String queueUrl,
      PayloadHandler function,
      Settings settings,
      Clock clock,
      Log log) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.function = function;
    this.settings = settings;
    this.clock = clock;
    this.log = log;
  }

  /**
   * @param sqs stays the caller's, and must answer until this is closed
   */
  public static SqsEventSource start(
      SqsClient sqs,
      String queueUrl,
      PayloadHandler function,
      Settings settings,
      Clock clock,
      Log log) {
    var source = new SqsEventSource(sqs, queueUrl, function, settings, clock, log);
    for (int i = 0; i < settings.pollers(); i++) {
      source.pollers.add(Thread.ofVirtual().name("sqs-poller-" + i).start(source::poll));
    }
    return source;
  }

  /** Finishes the batches in hand; receives no more. */
  @Override
  public void close() {
    stopping = true;
    try {
      for (Thread poller : pollers) {
        poller.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    while (!stopping) {
      try {
        List<Message> batch = batch();
        if (!batch.isEmpty()) {
          deleteAllBut(failed(batch), batch);
        }
      } catch (SdkException e) {
        log.error("queue_unreachable", "cause", e);
        pause(PAUSE_AFTER_FAILURE);
      }
    }
  }

  /** Full, or what came within the window; empty when nothing came for a while. */
  private List<Message> batch() {
    List<Message> batch = new ArrayList<>(receive(RECEIVED_AT_ONCE, LONG_POLL_SECONDS));
    if (batch.isEmpty()) {
      return batch;
    }
    long end = System.nanoTime() + settings.window().toNanos();
    while (batch.size() < settings.batchSize() && System.nanoTime() < end && !stopping) {
      List<Message> more =
          receive(Math.min(RECEIVED_AT_ONCE, settings.batchSize() - batch.size()), 0);
      batch.addAll(more);
      if (more.isEmpty()) {
        pause(SHORT_PAUSE);
      }
    }
    return batch;
  }

  private List<Message> receive(int atMost, int waitSeconds) {
    return sqs.receiveMessage(
            r ->
                r.queueUrl(queueUrl)
                    .maxNumberOfMessages(Math.min(atMost, settings.batchSize()))
                    .waitTimeSeconds(waitSeconds)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }

  /** The ids of what stays in the queue: everything, where the function's answer makes no sense. */
  private Set<String> failed(List<Message> batch) {
    Set<String> all = batch.stream().map(Message::messageId).collect(Collectors.toSet());
    byte[] answer;
    try {
      answer =
          function.answer(
              new Invocation(
                  UUID.randomUUID().toString(),
                  clock.instant().plus(settings.functionTimeout()),
                  null,
                  null,
                  SqsEventJson.write(batch, queueUrl)));
    } catch (Exception e) {
      log.error("batch_failed", "messages", batch.size(), "cause", e);
      return all;
    }
    Optional<Set<String>> failed = readFailures(answer).filter(all::containsAll);
    if (failed.isEmpty()) {
      log.error("batch_answer_malformed", "messages", batch.size());
    }
    return failed.orElse(all);
  }

  private static Optional<Set<String>> readFailures(byte[] answer) {
    try {
      Set<String> ids = new HashSet<>();
      for (JsonNode failure : JSON.readTree(answer).path("batchItemFailures")) {
        ids.add(failure.path("itemIdentifier").asText());
      }
      return Optional.of(ids);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What can't be deleted comes again, as on AWS; the function must know it by then. */
  private void deleteAllBut(Set<String> failed, List<Message> batch) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : batch) {
      if (!failed.contains(message.messageId())) {
        entries.add(
            DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(message.receiptHandle())
                .build());
      }
    }
    for (int i = 0; i < entries.size(); i += RECEIVED_AT_ONCE) {
      List<DeleteMessageBatchRequestEntry> part =
          entries.subList(i, Math.min(entries.size(), i + RECEIVED_AT_ONCE));
      int left = sqs.deleteMessageBatch(d -> d.queueUrl(queueUrl).entries(part)).failed().size();
      if (left > 0) {
        log.warn("messages_not_deleted", "messages", left);
      }
    }
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      stopping = true;
      Thread.currentThread().interrupt();
    }
  }
}
