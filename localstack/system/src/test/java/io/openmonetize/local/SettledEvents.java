package io.openmonetize.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What is booked once the queue has nothing more: a second copy would have come by then. */
final class SettledEvents {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private SettledEvents() {}

  static List<JsonNode> of(TestSystem test, String customer) throws Exception {
    awaitEmptyQueue(test);
    List<JsonNode> events = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(test, "/v1/events?limit=200&customer_id=" + customer + cursor);
      page.path("data").forEach(events::add);
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    return events;
  }

  static JsonNode get(TestSystem test, String target) throws Exception {
    HttpResponse<byte[]> answer =
        test.send(
            HttpRequest.newBuilder(URI.create(test.system().dashboard() + target))
                .header("Authorization", "Bearer " + test.system().apiKey())
                .build());
    return TestSystem.JSON.readTree(answer.body());
  }

  private static void awaitEmptyQueue(TestSystem test) throws InterruptedException {
    Map<String, String> variables = Map.of("OM_SQS_ENDPOINT", test.system().queue().toString());
    try (SqsClient sqs = new AwsClients(new Environment(variables)).sqs(Duration.ofSeconds(30))) {
      long deadline = System.nanoTime() + WITHIN.toNanos();
      while (messages(sqs, test.system().queueUrl()) > 0) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the queue is still not empty");
        }
        Thread.sleep(50);
      }
    }
  }

  /** Those that wait and those that a worker has. */
  private static int messages(SqsClient sqs, String queueUrl) {
    return sqs
        .getQueueAttributes(
            request ->
                request
                    .queueUrl(queueUrl)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }
}
