package io.openmonetize.query.routes;

import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.queue.DeadLetters;
import io.openmonetize.queue.PipelineState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The usage queue and its dead letters; or none, where the deployment names no queue. */
public final class UsageQueues {
  private final @Nullable SqsClient sqs;
  private final @Nullable String queueUrl;

  /**
   * @param queueUrl null where none is configured; then there is no client either
   */
  public UsageQueues(@Nullable SqsClient sqs, @Nullable String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /** Empty where there is no queue. */
  Optional<PipelineState> state() {
    if (sqs == null || queueUrl == null) {
      return Optional.empty();
    }
    return DeadLetters.of(sqs, queueUrl)
        .map(letters -> PipelineState.read(sqs, queueUrl, letters.url()));
  }

  /**
   * @throws Refusal where there is none
   */
  DeadLetters deadLetters() {
    Optional<DeadLetters> letters =
        sqs == null || queueUrl == null ? Optional.empty() : DeadLetters.of(sqs, queueUrl);
    return letters.orElseThrow(
        () ->
            new Refusal(
                ErrorCode.UNAVAILABLE, "No usage queue with dead letters is configured here."));
  }
}
