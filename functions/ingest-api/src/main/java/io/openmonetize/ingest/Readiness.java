package io.openmonetize.ingest;

import io.openmonetize.keys.KeyLookup;
import io.openmonetize.keys.KeyStoreUnavailableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Asks what the intake needs whether it is there. */
public final class Readiness {
  /** A hash that no key has. */
  private static final String NO_KEY = "0".repeat(64);

  private final KeyLookup keys;
  private final SqsClient sqs;
  private final String queueUrl;

  public Readiness(KeyLookup keys, SqsClient sqs, String queueUrl) {
    this.keys = keys;
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  boolean keysAnswer() {
    try {
      keys.find(NO_KEY);
      return true;
    } catch (KeyStoreUnavailableException e) {
      return false;
    }
  }

  boolean queueAnswers() {
    try {
      sqs.getQueueAttributes(
          q -> q.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN));
      return true;
    } catch (SqsException e) {
      // The function needs only to send; that it may not ask shows that somebody is there.
      return e.statusCode() == 403;
    } catch (SdkException e) {
      return false;
    }
  }
}
