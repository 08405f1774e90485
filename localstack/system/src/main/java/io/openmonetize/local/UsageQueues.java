package io.openmonetize.local;

import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The usage queue and its dead letters, as the CDK app declares them. */
final class UsageQueues {
  private static final String QUEUE = "openmonetize-usage";
  private static final String DEAD_LETTERS = "openmonetize-usage-dead-letters";

  /**
   * The most that SQS allows: a store that is down for hours must not make dead letters of good
   * events. What is unreadable, the worker moves away by itself.
   */
  private static final int MAX_RECEIVE_COUNT = 1000;

  /**
   * Six times the worker's timeout on AWS. Here one poller has the queue to itself, and a shorter
   * time brings what failed, or was in the hands of a killed worker, back sooner.
   */
  private static final int VISIBILITY_SECONDS = 45;

  private UsageQueues() {}

  /**
   * Makes what is not there yet.
   *
   * @return the URL of the usage queue
   */
  static String create(SqsClient sqs) {
    String deadLetters = ensure(sqs, DEAD_LETTERS, Map.of());
    String arn =
        sqs.getQueueAttributes(
                a -> a.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    return ensure(
        sqs,
        QUEUE,
        Map.of(
            QueueAttributeName.VISIBILITY_TIMEOUT,
            Integer.toString(VISIBILITY_SECONDS),
            QueueAttributeName.REDRIVE_POLICY,
            "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                .formatted(arn, MAX_RECEIVE_COUNT)));
  }

  /**
   * @throws QueueDoesNotExistException when another process should have made it and has not
   */
  static String find(SqsClient sqs) {
    return sqs.getQueueUrl(q -> q.queueName(QUEUE)).queueUrl();
  }

  private static String ensure(
      SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
    try {
      return sqs.getQueueUrl(q -> q.queueName(name)).queueUrl();
    } catch (QueueDoesNotExistException e) {
      return sqs.createQueue(q -> q.queueName(name).attributes(attributes)).queueUrl();
    }
  }
}
