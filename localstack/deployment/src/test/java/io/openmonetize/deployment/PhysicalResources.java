package io.openmonetize.deployment;

import io.openmonetize.deployment.References.Made;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Tables and queues as templates speak of them. */
final class PhysicalResources {
  /** What emulators say unless they are told otherwise. */
  static final String ACCOUNT_OF_EMULATORS = "000000000000";

  private PhysicalResources() {}

  static Made table(DynamoDbClient dynamoDb, String name) {
    return new Made(
        name, Map.of("Arn", dynamoDb.describeTable(t -> t.tableName(name)).table().tableArn()));
  }

  static Made queue(SqsClient sqs, String url) {
    String arn =
        sqs.getQueueAttributes(a -> a.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String name = url.substring(url.lastIndexOf('/') + 1);
    return new Made(url, Map.of("Arn", arn, "QueueName", name, "QueueUrl", url));
  }
}
