package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.SqsServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Between the proxy and the tables: what is lost, and what comes twice. */
@Timeout(180)
class DeliveryIT {
  @Test
  void event_deliveredTwiceByTheQueue_countsOnce() throws Exception {
    try (SqsServer queue = SqsServer.start();
        SqsClient sqs = queue.client();
        TestSystem test =
            TestSystem.start(Map.of("OM_SQS_ENDPOINT", queue.endpoint().toString()))) {
      Map<String, String> headers = test.headers();
      String customer = headers.get("X-OM-Customer-Id");
      test.send(message(test, headers));
      test.awaitEvent(customer);
      JsonNode before = totals(test, customer);

      String again = record(test, customer);
      sqs.sendMessage(s -> s.queueUrl(test.system().queueUrl()).messageBody(again));
      Map<String, String> next = test.headers();
      test.send(message(test, next));
      test.awaitEvent(next.get("X-OM-Customer-Id"));

      assertThat(test.logged()).contains("\"duplicates\":1");
      assertThat(test.events(customer)).hasSize(1);
      assertThat(totals(test, customer)).isEqualTo(before);
    }
  }

  @Test
  void queue_thatIsDownAtTheSettlement_leavesTheRecordInTheLog() throws Exception {
    SqsServer queue = SqsServer.start();
    try (TestSystem test =
        TestSystem.start(Map.of("OM_SQS_ENDPOINT", queue.endpoint().toString()))) {
      Map<String, String> headers = test.headers();
      Script usual = usualStream(test);
      test.providers().anthropic().enqueue(slowEnd(usual));
      CompletableFuture<HttpResponse<byte[]>> answer =
          test.http()
              .sendAsync(
                  RawClient.post(
                          test.system().proxy(),
                          "/v1/messages",
                          RawClient.STREAMED_MESSAGE,
                          headers)
                      .build(),
                  BodyHandlers.ofByteArray());
      test.providers().anthropic().awaitCall(2, Duration.ofSeconds(60));

      queue.close();

      assertThat(answer.get().body()).isEqualTo(usual.body());
      String line = record(test, headers.get("X-OM-Customer-Id"));
      assertThat(TestSystem.JSON.readTree(line).path("usage").path("status").asText())
          .isEqualTo("exact");
    } finally {
      queue.close();
    }
  }

  /** What the provider answers by itself, taken from a call of another customer. */
  private static Script usualStream(TestSystem test) throws Exception {
    test.send(
        RawClient.post(
                test.system().proxy(), "/v1/messages", RawClient.STREAMED_MESSAGE, test.headers())
            .build());
    return test.providers().anthropic().calls().getLast().script();
  }

  private static Script slowEnd(Script script) {
    Script slow = Script.sse();
    for (Script.Step step : script.steps()) {
      if (step instanceof Script.Send(byte[] bytes)) {
        slow = slow.pause(Duration.ofMillis(300)).send(bytes);
      }
    }
    return slow;
  }

  /** The usage event in the log line of a customer's call, as soon as it is there. */
  private static String record(TestSystem test, String customer) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < deadline) {
      for (String line : test.logged().split("\n")) {
        if (line.contains("\"event\":\"usage.record\"") && line.contains(customer)) {
          return TestSystem.JSON.readTree(line).path("usage").toString();
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no usage.record of " + customer + " in the log");
  }

  private static HttpRequest message(TestSystem test, Map<String, String> headers) {
    return RawClient.post(test.system().proxy(), "/v1/messages", RawClient.MESSAGE, headers)
        .build();
  }

  private static JsonNode totals(TestSystem test, String customer) throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    URI uri =
        URI.create(
            test.system().dashboard()
                + "/v1/usage/summary?customer_id=%s&from=%sT00:00:00Z&to=%sT00:00:00Z"
                    .formatted(customer, today.minusDays(1), today.plusDays(2)));
    HttpResponse<byte[]> answer =
        test.send(
            HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + test.system().apiKey())
                .build());
    JsonNode data = TestSystem.JSON.readTree(answer.body()).path("data");
    assertThat(data.isMissingNode()).as(new String(answer.body())).isFalse();
    return data;
  }
}
