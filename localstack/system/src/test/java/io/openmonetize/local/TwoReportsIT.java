package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call through the proxy that the application reports to the ingestion as well. */
@Timeout(180)
class TwoReportsIT {
  private static TestSystem test;

  @BeforeAll
  static void start() throws Exception {
    test = TestSystem.start();
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @Test
  void call_proxiedAndThenReported_isOneEventAsTheProxyReadIt() throws Exception {
    Map<String, String> headers = test.headers();
    String customer = headers.get("X-OM-Customer-Id");
    String answer = call(headers);
    JsonNode proxied = test.awaitEvent(customer);

    report(customer, answer);

    await(() -> test.logged().contains("\"duplicates\":1"));
    assertThat(test.events(customer)).hasSize(1);
    assertThat(test.events(customer).get(0)).isEqualTo(proxied);
  }

  @Test
  void call_reportedAndThenProxied_isOneEventAsTheProxyReadIt() throws Exception {
    String answer = call(test.headers());
    var script = test.providers().anthropic().calls().getLast().script();
    Map<String, String> headers = test.headers();
    String customer = headers.get("X-OM-Customer-Id");
    report(customer, answer);
    assertThat(test.awaitEvent(customer).path("source").asText()).isEqualTo("sdk");

    test.providers().anthropic().enqueue(script);
    assertThat(call(headers)).isEqualTo(answer);

    JsonNode event = awaitSource(customer, "proxy");
    assertThat(test.events(customer)).hasSize(1);
    assertThat(event.path("feature_id").asText()).isEqualTo("reported");
    assertThat(event.path("input_tokens").asLong()).isNotEqualTo(999);
    assertThat(test.logged()).doesNotContain("event.conflict");
  }

  /** The answer's id. */
  private static String call(Map<String, String> headers) throws Exception {
    HttpResponse<byte[]> answer =
        test.send(
            RawClient.post(test.system().proxy(), "/v1/messages", RawClient.MESSAGE, headers)
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    return TestSystem.JSON.readTree(answer.body()).path("id").asText();
  }

  private static void report(String customer, String answer) throws Exception {
    ObjectNode event =
        TestSystem.JSON
            .createObjectNode()
            .put("event_id", UUID.randomUUID().toString())
            .put("customer_id", customer)
            .put("event_type", "TOKEN_USAGE")
            .put("feature_id", "reported")
            .put("provider", "ANTHROPIC")
            .put("provider_response_id", answer)
            .put("model", "claude-sonnet-4-5")
            .put("input_tokens", 999)
            .put("timestamp", Instant.now().toString());
    ObjectNode batch = TestSystem.JSON.createObjectNode();
    batch.putArray("events").add(event);
    HttpResponse<byte[]> taken =
        test.send(
            HttpRequest.newBuilder(URI.create(test.system().ingestion() + "/v1/events/ingest"))
                .header("Content-Type", "application/json")
                .header("X-API-Key", test.system().apiKey())
                .POST(BodyPublishers.ofString(batch.toString()))
                .build());
    assertThat(taken.statusCode()).as(new String(taken.body())).isEqualTo(202);
  }

  private static JsonNode awaitSource(String customer, String source) throws Exception {
    Predicate<JsonNode> is = event -> event.path("source").asText().equals(source);
    await(() -> is.test(test.events(customer).path(0)));
    return test.events(customer).get(0);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
