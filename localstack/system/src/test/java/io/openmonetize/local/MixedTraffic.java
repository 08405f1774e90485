package io.openmonetize.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Calls of every fate through a running system: priced and not, known whole, in part and not at
 * all, refused by the provider and broken off, and events that were reported afterwards.
 */
final class MixedTraffic {
  static final List<String> CUSTOMERS = List.of("initech", "umbrella");

  private static final String UNLISTED =
      RawClient.MESSAGE.replace("claude-sonnet-4-5", "claude-nobody-lists");

  /** More cached tokens than input. */
  private static final String CONTRADICTION =
      """
      {"id":"chatcmpl-%s","object":"chat.completion","model":"gpt-4.1-mini","choices":[],\
      "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,\
      "prompt_tokens_details":{"cached_tokens":20}}}\
      """;

  private static final String BROKEN_OFF =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_%s","type":"message",\
      "role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,\
      "usage":{"input_tokens":25,"output_tokens":1}}}

      """;

  private final TestSystem test;

  MixedTraffic(TestSystem test) {
    this.test = test;
  }

  /** Waits for all of it to be booked. */
  void run() throws Exception {
    for (String customer : CUSTOMERS) {
      Map<String, String> chat = headers(customer, "ann", "chat");
      Map<String, String> search = headers(customer, "bob", "search");
      send("/v1/messages", RawClient.STREAMED_MESSAGE, chat);
      send("/v1/messages", RawClient.MESSAGE, search);
      send("/v1/messages", UNLISTED, chat);
      send("/v1/chat/completions", RawClient.CHAT, search);
      send("/v1beta/models/gemini-2.5-flash:generateContent", RawClient.CONTENT, chat);
      test.providers().anthropic().enqueue(AnthropicErrors.rateLimit());
      send("/v1/messages", RawClient.MESSAGE, chat);
      test.providers().openAi().enqueue(Script.json(200, CONTRADICTION.formatted(id())));
      send("/v1/chat/completions", RawClient.CHAT, chat);
      test.providers().openAi().enqueue(Script.json(200, "{\"done\":true}"));
      send("/v1/anything-else", RawClient.CHAT, search);
      test.providers().anthropic().enqueue(Script.sse().send(BROKEN_OFF.formatted(id())).cut());
      sendBroken("/v1/messages", RawClient.STREAMED_MESSAGE, search);
      report(customer);
      test.awaitEvents(customer, 12);
    }
  }

  private Map<String, String> headers(String customer, String user, String feature) {
    Map<String, String> headers = test.headers();
    headers.put("X-OM-Customer-Id", customer);
    headers.put("X-OM-User-Id", user);
    headers.put("X-OM-Feature-Id", feature);
    headers.put("X-OM-Metadata", "{\"plan\":\"=gold, \\\"new\\\"\"}");
    return headers;
  }

  private void send(String target, String body, Map<String, String> headers) throws Exception {
    test.send(RawClient.post(test.system().proxy(), target, body, headers).build());
  }

  private void sendBroken(String target, String body, Map<String, String> headers)
      throws Exception {
    try {
      send(target, body, headers);
      throw new AssertionError("the answer should have broken off");
    } catch (IOException expected) {
      // As the provider did to the proxy.
    }
  }

  /** Of three days ago, of a moment ago, and something that has no price at all. */
  private void report(String customer) throws Exception {
    ObjectNode batch = TestSystem.JSON.createObjectNode();
    ArrayNode events = batch.putArray("events");
    Instant now = Instant.now();
    event(events, customer, now.minus(3, ChronoUnit.DAYS), "TOKEN_USAGE")
        .put("provider", "ANTHROPIC")
        .put("model", "claude-haiku-4-5")
        .put("input_tokens", 1_000_000)
        .put("output_tokens", 77_777);
    event(events, customer, now, "TOKEN_USAGE")
        .put("provider", "OPENAI")
        .put("model", "gpt-4.1")
        .put("input_tokens", 3_000)
        .put("cached_input_tokens", 1_000)
        .put("output_tokens", 1);
    event(events, customer, now, "FEATURE_ACCESS").put("user_id", "=cmd()");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(test.system().ingestion() + "/v1/events/ingest"))
            .header("Content-Type", "application/json")
            .header("X-API-Key", test.system().apiKey())
            .POST(BodyPublishers.ofString(batch.toString()))
            .build();
    int status = test.send(request).statusCode();
    if (status != 202) {
      throw new AssertionError("the report was answered with " + status);
    }
  }

  private static ObjectNode event(ArrayNode events, String customer, Instant at, String type) {
    return events
        .addObject()
        .put("event_id", UUID.randomUUID().toString())
        .put("customer_id", customer)
        .put("feature_id", "reports")
        .put("event_type", type)
        .put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
