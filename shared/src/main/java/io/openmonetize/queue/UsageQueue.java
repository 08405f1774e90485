package io.openmonetize.queue;

import io.openmonetize.events.CallIntent;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.logging.Log;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Puts events, and what is said of calls, on the queue. Messages carry the customer as their group,
 * so that on SQS's fair queues one busy customer does not make the others wait. What is sent while
 * a request is under way shares the next one ({@link GroupCommit}).
 */
public final class UsageQueue {
  /** Far above what a request takes that goes well, and below the time kept for booking a call. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** SQS's limit for DelaySeconds. */
  private static final Duration DELAY_AT_MOST = Duration.ofMinutes(15);

  private final SqsClient sqs;
  private final String queueUrl;
  private final Log log;
  private final GroupCommit commits;

  /**
   * @param log is told why the queue refused an event, and never which words the event holds
   */
  public UsageQueue(SqsClient sqs, String queueUrl, Log log) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.log = log;
    this.commits = new GroupCommit(new SqsCarrier(sqs, queueUrl), PATIENCE);
  }

  /**
   * Returns when the queue has the event for good.
   *
   * @throws SdkException when the queue refused it or did not answer; it may have it all the same
   */
  public void send(UsageEvent event) {
    commits.send(outgoing(new QueueMessage.Event(event), Instant.EPOCH));
  }

  /**
   * As {@link #send(UsageEvent)}. An intent is delayed until it is due, or for as long as SQS
   * delays: then whoever receives it sends it again.
   *
   * @param now by which the delay of an intent is reckoned
   */
  public void send(QueueMessage message, Instant now) {
    commits.send(outgoing(message, now));
  }

  /**
   * As {@link #send(QueueMessage, Instant)}, on another thread.
   *
   * @param failed gets what that would have thrown, on any thread
   */
  public Sending sendLater(QueueMessage message, Instant now, Consumer<RuntimeException> failed) {
    return commits.sendLater(outgoing(message, now), failed);
  }

  private static Outgoing outgoing(QueueMessage message, Instant now) {
    int delay =
        switch (message) {
          case QueueMessage.Event _, QueueMessage.Withdrawal _ -> 0;
          case QueueMessage.Intent(CallIntent call) -> delaySeconds(now, call.due());
        };
    String body = QueueMessageJson.write(message);
    return new Outgoing(
        body,
        utf8Length(body),
        delay,
        GroupId.of(message.customerId()),
        message instanceof QueueMessage.Intent);
  }

  /** Rounded up, so that an intent does not come back just before it is due. */
  private static int delaySeconds(Instant now, Instant due) {
    long millis = Math.clamp(Duration.between(now, due).toMillis(), 0, DELAY_AT_MOST.toMillis());
    return Math.toIntExact((millis + 999) / 1000);
  }

  /**
   * Sends all that the queue will take.
   *
   * @return the indexes of those events that the queue refused or of which it gave no answer
   */
  public Set<Integer> sendAll(List<UsageEvent> events) {
    Set<Integer> failed = new LinkedHashSet<>();
    List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < events.size(); i++) {
      String body = UsageEventJson.write(events.get(i));
      int size = utf8Length(body);
      if (batch.size() == GroupCommit.ENTRIES_AT_MOST
          || !batch.isEmpty() && bytes + size > GroupCommit.BYTES_AT_MOST) {
        failed.addAll(send(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(entry(i, body, events.get(i)));
      bytes += size;
    }
    if (!batch.isEmpty()) {
      failed.addAll(send(batch));
    }
    return failed;
  }

  private static SendMessageBatchRequestEntry entry(int index, String body, UsageEvent event) {
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(index))
        .messageBody(body)
        .messageGroupId(GroupId.of(event.attribution().customerId()))
        .build();
  }

  private List<Integer> send(List<SendMessageBatchRequestEntry> batch) {
    try {
      List<BatchResultErrorEntry> failed =
          sqs.sendMessageBatch(b -> b.queueUrl(queueUrl).entries(batch)).failed();
      failed.stream()
          .collect(Collectors.groupingBy(BatchResultErrorEntry::code, Collectors.counting()))
          .forEach((code, count) -> refused(code, count));
      return failed.stream().map(BatchResultErrorEntry::id).map(Integer::valueOf).toList();
    } catch (SdkException e) {
      refused(code(e), batch.size());
      return batch.stream().map(SendMessageBatchRequestEntry::id).map(Integer::valueOf).toList();
    }
  }

  private void refused(String cause, long events) {
    log.error("queue.refused", "cause", cause, "events", events);
  }

  /** The service's word for it, or the class; never the message, which may quote the request. */
  private static String code(SdkException e) {
    return e instanceof AwsServiceException answer
            && answer.awsErrorDetails() != null
            && answer.awsErrorDetails().errorCode() != null
        ? answer.awsErrorDetails().errorCode()
        : e.getClass().getName();
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
