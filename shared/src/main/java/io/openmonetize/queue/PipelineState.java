package io.openmonetize.queue;

import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What is on its way to the ledger. SQS counts approximately, and says only CloudWatch how old its
 * oldest message is, so no age is here. How many calls are unaccounted the rollups say ({@code
 * byCallStatus}).
 *
 * @param waiting messages that a worker could receive now
 * @param inHand messages that a worker has received and not yet dealt with
 * @param watched calls that began less than an intent's delay ago, whether or not they are settled
 *     by now: the number of open calls is at most this
 * @param deadLetters messages that were given up, those that somebody looks at right now among them
 */
public record PipelineState(long waiting, long inHand, long watched, long deadLetters) {
  /**
   * @param deadLettersUrl of the queue's dead letters
   */
  public static PipelineState read(SqsClient sqs, String queueUrl, String deadLettersUrl) {
    Map<QueueAttributeName, String> queue =
        sqs.getQueueAttributes(
                a ->
                    a.queueUrl(queueUrl)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
            .attributes();
    Map<QueueAttributeName, String> dead =
        sqs.getQueueAttributes(
                a ->
                    a.queueUrl(deadLettersUrl)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return new PipelineState(
        count(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        count(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        count(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
        count(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
            + count(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  private static long count(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
    return Long.parseLong(attributes.getOrDefault(name, "0"));
  }
}
