package io.openmonetize.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue's own word on when it gives a message up, and to which queue.
 *
 * @param deadLettersName a queue of the same account and region
 * @param maxReceives after so many receipts the next one finds the message moved
 */
public record RedrivePolicy(String deadLettersName, int maxReceives) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Empty when the queue has none. */
  public static Optional<RedrivePolicy> of(SqsClient sqs, String queueUrl) {
    return Optional.ofNullable(
            sqs.getQueueAttributes(
                    a -> a.queueUrl(queueUrl).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                .attributes()
                .get(QueueAttributeName.REDRIVE_POLICY))
        .flatMap(RedrivePolicy::read);
  }

  private static Optional<RedrivePolicy> read(String text) {
    String arn = null;
    @Nullable String count = null;
    try (JsonParser json = JSON.createParser(text)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          switch (name) {
            case "deadLetterTargetArn" -> arn = json.getText();
            // A number, but some servers say it in quotes.
            case "maxReceiveCount" -> count = json.getText();
            default -> {}
          }
        }
      }
      return arn == null || count == null
          ? Optional.empty()
          : Optional.of(
              new RedrivePolicy(arn.substring(arn.lastIndexOf(':') + 1), Integer.parseInt(count)));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
