package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.queue.DeadLetters;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Puts messages into the queues of a running system, past its proxy and its ingestion. */
final class QueuedMessages {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final TestSystem test;

  QueuedMessages(TestSystem test) {
    this.test = test;
  }

  /** One that no worker can book: it becomes a dead letter. */
  void poison() {
    try (SqsClient sqs = sqs()) {
      sqs.sendMessage(s -> s.queueUrl(test.system().queueUrl()).messageBody("{\"v\":7}"));
    }
  }

  /** One that was given up for a cause that is mended meanwhile. */
  void deadLetter(String body, String cause) {
    try (SqsClient sqs = sqs()) {
      DeadLetters.of(sqs, test.system().queueUrl()).orElseThrow().add(body, cause, 3);
    }
  }

  private SqsClient sqs() {
    String endpoint = test.system().queue().toString();
    return new AwsClients(new Environment(Map.of("OM_SQS_ENDPOINT", endpoint))).sqs(ANSWER_WITHIN);
  }
}
