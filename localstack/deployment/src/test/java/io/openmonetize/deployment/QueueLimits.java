package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The queue with a short patience, until it is closed: as declared, a message becomes a dead letter
 * after a thousand receipts of three minutes each.
 */
final class QueueLimits implements AutoCloseable {
  private static final QueueAttributeName REDRIVE = QueueAttributeName.REDRIVE_POLICY;
  private static final QueueAttributeName HIDDEN = QueueAttributeName.VISIBILITY_TIMEOUT;

  private final SqsClient sqs;
  private final String queueUrl;
  private final Map<QueueAttributeName, String> before;

  private QueueLimits(SqsClient sqs, String queueUrl, Map<QueueAttributeName, String> before) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.before = before;
  }

  /**
   * @param seconds for which a message that was received stays hidden
   */
  static QueueLimits shorten(SqsClient sqs, String queueUrl, int receipts, int seconds)
      throws Exception {
    Map<QueueAttributeName, String> before =
        new HashMap<>(
            sqs.getQueueAttributes(a -> a.queueUrl(queueUrl).attributeNames(REDRIVE, HIDDEN))
                .attributes());
    ObjectNode policy = (ObjectNode) CloudAssembly.JSON.readTree(before.get(REDRIVE));
    policy.put("maxReceiveCount", receipts);
    Map<QueueAttributeName, String> now =
        Map.of(REDRIVE, policy.toString(), HIDDEN, Integer.toString(seconds));
    sqs.setQueueAttributes(a -> a.queueUrl(queueUrl).attributes(now));
    return new QueueLimits(sqs, queueUrl, before);
  }

  @Override
  public void close() {
    sqs.setQueueAttributes(a -> a.queueUrl(queueUrl).attributes(before));
  }
}
