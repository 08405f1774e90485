package io.openmonetize.worker;

import io.openmonetize.lambda.SqsBatch;
import io.openmonetize.logging.Log;
import io.openmonetize.queue.DeadLetters;
import io.openmonetize.queue.RedrivePolicy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Puts messages among the dead letters when another try is of no use, or was the last: with the
 * cause, which SQS does not keep when it moves a message itself. SQS still moves what this could
 * not, and what killed the worker.
 */
public final class DeadLetterKeeper implements GivenUp {
  private final SqsClient sqs;
  private final String queueUrl;
  private final Log log;
  private @Nullable Kept kept;

  /** Asked of the queue when the first message fails, and not before. */
  private record Kept(DeadLetters letters, int maxReceives) {}

  public DeadLetterKeeper(SqsClient sqs, String queueUrl, Log log) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.log = log;
  }

  @Override
  public boolean keep(SqsBatch.Message message, String cause, boolean hopeless) {
    int attempts = message.receives();
    try {
      Kept to = kept();
      if (to == null || !hopeless && attempts < to.maxReceives) {
        return false;
      }
      to.letters.add(message.body(), cause, attempts);
      log.error(
          "message.given_up", "message_id", message.id(), "cause", cause, "attempts", attempts);
      return true;
    } catch (SdkException e) {
      log.error("message.not_given_up", "message_id", message.id(), "cause", e);
      return false;
    }
  }

  private synchronized @Nullable Kept kept() {
    if (kept == null) {
      RedrivePolicy policy = RedrivePolicy.of(sqs, queueUrl).orElse(null);
      DeadLetters letters = DeadLetters.of(sqs, queueUrl).orElse(null);
      if (policy != null && letters != null) {
        kept = new Kept(letters, policy.maxReceives());
      }
    }
    return kept;
  }
}
