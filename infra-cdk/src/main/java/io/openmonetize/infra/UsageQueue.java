package io.openmonetize.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.sqs.QueueProps;
import software.constructs.Construct;

/**
 * The only way into the usage tables, and the dead-letter queue beside it. A standard queue: the
 * order of events does not matter, and duplicates end at the event's own key. It is fair without
 * any setting: senders put each customer's messages into a group, and SQS serves the busiest last.
 */
public final class UsageQueue extends Construct {
  /** SQS keeps a message no longer. A redriven message keeps the age that it has. */
  private static final Duration RETENTION = Duration.days(14);

  /**
   * The most that SQS allows: a store that is down for hours must not make dead letters of good
   * events. What is unreadable, the worker moves away by itself.
   */
  private static final int MAX_RECEIVE_COUNT = 1000;

  private final Queue queue;
  private final Queue deadLetters;

  /**
   * @param visibilityTimeout how long a message that was received and not deleted stays hidden
   */
  UsageQueue(Construct scope, String id, Stage stage, Duration visibilityTimeout) {
    super(scope, id);
    deadLetters = new Queue(this, "DeadLetters", queue(stage).build());
    queue =
        new Queue(
            this,
            "Queue",
            queue(stage)
                .visibilityTimeout(visibilityTimeout)
                .deadLetterQueue(
                    DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(MAX_RECEIVE_COUNT)
                        .build())
                .build());
  }

  private static QueueProps.Builder queue(Stage stage) {
    return QueueProps.builder()
        .retentionPeriod(RETENTION)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .removalPolicy(stage.removalPolicy());
  }

  Queue queue() {
    return queue;
  }

  Queue deadLetters() {
    return deadLetters;
  }

  String url() {
    return queue.getQueueUrl();
  }

  void grantSending(IGrantable function) {
    queue.grant(function, "sqs:SendMessage");
  }

  /** To put a message that cannot be booked beside the others, with the cause that SQS drops. */
  void grantDeadLettering(IGrantable function) {
    deadLetters.grant(function, "sqs:GetQueueUrl", "sqs:SendMessage");
  }

  /** To look at dead letters and to send them to the usage queue again. */
  void grantRedriving(IGrantable function) {
    queue.grant(function, "sqs:SendMessage");
    deadLetters.grant(
        function, "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage");
  }

  /** To tell the depth of both queues. The dead-letter queue is found by its name. */
  void grantMeasuring(IGrantable function) {
    queue.grant(function, "sqs:GetQueueAttributes");
    deadLetters.grant(function, "sqs:GetQueueAttributes", "sqs:GetQueueUrl");
  }
}
