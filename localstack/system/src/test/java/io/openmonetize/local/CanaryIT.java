package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.SqsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Plants markers wherever a call may hold what is nobody's business: prompt, tool arguments,
 * answer, error message, credentials. Then it searches all that was ever sent to the queue and to
 * the tables, and every line of the log.
 */
@Timeout(180)
class CanaryIT {
  private static final String PROMPT = "CANARYPROMPT";
  private static final String TOOL = "CANARYTOOL";
  private static final String ANSWER = "CANARYANSWER";
  private static final String ARGUMENT = "CANARYARGUMENT";
  private static final String ERROR = "CANARYERROR";
  private static final String CREDENTIAL = "CANARYCREDENTIAL";
  private static final String QUERY = "CANARYQUERY";
  private static final List<String> MARKERS =
      List.of(PROMPT, TOOL, ANSWER, ARGUMENT, ERROR, CREDENTIAL, QUERY);

  private static SqsServer sqs;
  private static DynamoDbServer dynamoDb;
  private static Tap queue;
  private static Tap store;
  private static TestSystem test;

  @BeforeAll
  static void start() throws IOException {
    sqs = SqsServer.start();
    dynamoDb = DynamoDbServer.start();
    queue = Tap.before(sqs.endpoint());
    store = Tap.before(dynamoDb.endpoint());
    test =
        TestSystem.start(
            Map.of(
                "OM_SQS_ENDPOINT", queue.endpoint().toString(),
                "OM_DYNAMODB_ENDPOINT", store.endpoint().toString()));
  }

  @AfterAll
  static void stop() {
    test.close();
    queue.close();
    store.close();
    sqs.close();
    dynamoDb.close();
  }

  @Test
  void calls_withPlantedMarkers_leaveNoneInQueueTablesOrLog() throws Exception {
    Map<String, String> headers = test.headers();
    anthropic(headers);
    openAi(headers);
    gemini(headers);
    failing(headers);
    JsonNode events = test.awaitEvents(headers.get("X-OM-Customer-Id"), 4);

    // The search is where something would be found.
    String customer = headers.get("X-OM-Customer-Id");
    assertThat(queue.sent()).contains(customer);
    assertThat(store.sent()).contains(customer);
    assertThat(test.logged()).contains(customer);
    String key = test.system().apiKey();
    for (String told : List.of(queue.sent(), store.sent(), test.logged(), events.toString())) {
      MARKERS.forEach(marker -> assertThat(told.contains(marker)).as(marker).isFalse());
    }
    // The last part of the key is its secret; the first stands in lists, to tell keys apart.
    String secret = key.substring(key.length() / 2);
    assertThat(queue.sent().contains(secret)).isFalse();
    assertThat(store.sent().contains(secret)).isFalse();
    assertThat(test.logged().contains(secret)).isFalse();
  }

  private static void anthropic(Map<String, String> headers) throws Exception {
    test.providers()
        .anthropic()
        .enqueue(
            Script.json(
                200,
                """
                {"id":"msg_canary","type":"message","role":"assistant","model":"claude-opus-5",
                 "content":[{"type":"text","text":"CANARYANSWER"},
                  {"type":"tool_use","id":"toolu_1","name":"CANARYTOOL",
                   "input":{"city":"CANARYARGUMENT"}}],
                 "stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":7}}\
                """));
    call(
        headers,
        "/v1/messages",
        """
        {"model":"claude-opus-5","max_tokens":9,"system":"CANARYPROMPT",
         "messages":[{"role":"user","content":"CANARYPROMPT"}],
         "tools":[{"name":"CANARYTOOL","input_schema":{"type":"object"}}]}\
        """,
        ANSWER);
  }

  private static void openAi(Map<String, String> headers) throws Exception {
    test.providers()
        .openAi()
        .enqueue(
            Script.sse()
                .send(
                    """
                    data: {"id":"chatcmpl-canary","model":"gpt-5","choices":[{"index":0,\
                    "delta":{"content":"CANARYANSWER","tool_calls":[{"index":0,"function":\
                    {"name":"CANARYTOOL","arguments":"CANARYARGUMENT"}}]}}],"usage":null}

                    data: {"id":"chatcmpl-canary","model":"gpt-5","choices":[],"usage":\
                    {"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}

                    data: [DONE]

                    """));
    call(
        headers,
        "/v1/chat/completions",
        """
        {"model":"gpt-5","stream":true,
         "messages":[{"role":"user","content":"CANARYPROMPT"}]}\
        """,
        ANSWER);
  }

  private static void gemini(Map<String, String> headers) throws Exception {
    test.providers()
        .gemini()
        .enqueue(
            Script.json(
                200,
                """
                {"candidates":[{"content":{"parts":[{"text":"CANARYANSWER"},
                  {"functionCall":{"name":"CANARYTOOL","args":{"a":"CANARYARGUMENT"}}}]}}],
                 "usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":7,
                  "totalTokenCount":12},"modelVersion":"gemini-2.5-flash",
                 "responseId":"canary"}\
                """));
    call(
        headers,
        "/v1beta/models/gemini-2.5-flash:generateContent?key=" + QUERY,
        "{\"contents\":[{\"parts\":[{\"text\":\"CANARYPROMPT\"}]}]}",
        ANSWER);
  }

  /** Providers quote the request in their errors. */
  private static void failing(Map<String, String> headers) throws Exception {
    test.providers()
        .anthropic()
        .enqueue(
            Script.json(
                400,
                """
                {"type":"error","error":{"type":"invalid_request_error",
                 "message":"CANARYERROR: CANARYPROMPT"}}\
                """));
    call(headers, "/v1/messages", "{\"model\":\"claude-opus-5\",\"CANARYPROMPT\":1}", ERROR);
  }

  private static void call(Map<String, String> headers, String path, String body, String awaited)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(test.system().proxy() + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + CREDENTIAL)
            .header("x-api-key", CREDENTIAL)
            .header("x-goog-api-key", CREDENTIAL)
            .header("Cookie", "session=" + CREDENTIAL)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<byte[]> answer = test.send(request.build());
    // The caller got what must be found nowhere else.
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(awaited);
  }
}
