package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.keys.KeyText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy refuses, it refuses before anything goes to the provider. */
@Timeout(120)
class BadInputIT {
  private static final String GUIDES_400 =
      """
      {"error":{"message":"Missing required OpenMonetize headers. Required: X-OM-Customer-Id, \
      X-OM-User-Id, X-OM-Feature-Id, X-OM-Api-Key","type":"invalid_request_error",\
      "code":"missing_billing_headers"}}\
      """;
  private static final String GUIDES_401 =
      """
      {"error":{"message":"Invalid OpenMonetize API key","type":"authentication_error",\
      "code":"invalid_api_key"}}\
      """;

  private static TestSystem test;

  private Map<String, String> headers;
  private int callsBefore;

  @BeforeAll
  static void startSystem() throws IOException {
    test = TestSystem.start();
  }

  @AfterAll
  static void stopSystem() {
    test.close();
  }

  @BeforeEach
  void takeACustomer() {
    headers = test.headers();
    callsBefore = test.providers().anthropic().calls().size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-OM-Customer-Id", "X-OM-User-Id", "X-OM-Feature-Id", "X-OM-Api-Key"})
  void header_missing_isTheGuides400(String name) throws Exception {
    headers.remove(name);

    assertRefused(post(), 400, GUIDES_400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-OM-Customer-Id", "X-OM-User-Id", "X-OM-Feature-Id", "X-OM-Api-Key"})
  void header_empty_isTheGuides400(String name) throws Exception {
    headers.put(name, "");

    assertRefused(post(), 400, GUIDES_400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-OM-Customer-Id", "X-OM-User-Id", "X-OM-Feature-Id"})
  void header_withAComma_isA400WithACodeOfItsOwn(String name) throws Exception {
    headers.put(name, "one,two");

    assertInvalid(post());
  }

  @Test
  void header_repeated_isA400WithACodeOfItsOwn() throws Exception {
    HttpResponse<byte[]> answer =
        test.send(
            RawClient.post(test.system().proxy(), "/v1/messages", RawClient.MESSAGE, headers)
                .header("X-OM-User-Id", "another")
                .build());

    assertInvalid(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-OM-Customer-Id", "X-OM-User-Id", "X-OM-Feature-Id"})
  void header_oversized_isA400WithACodeOfItsOwn(String name) throws Exception {
    headers.put(name, "x".repeat(257));

    assertInvalid(post());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "\"text\"", "1", "null", "{", "{\"a\":1}}", "{'a':1}"})
  void metadata_thatIsNoObject_isA400WithACodeOfItsOwn(String metadata) throws Exception {
    headers.put("X-OM-Metadata", metadata);

    assertInvalid(post());
  }

  @Test
  void metadata_oversized_isA400WithACodeOfItsOwn() throws Exception {
    headers.put("X-OM-Metadata", "{\"a\":\"" + "x".repeat(4096) + "\"}");

    assertInvalid(post());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "om_dev_", "om_dev_1234", "sk-ant-api03-x"})
  void key_malformed_isTheGuides401(String key) throws Exception {
    headers.put("X-OM-Api-Key", key);

    assertRefused(post(), 401, GUIDES_401);
  }

  @Test
  void key_withATypo_isTheGuides401() throws Exception {
    String key = headers.get("X-OM-Api-Key");
    char last = key.charAt(key.length() - 1) == '0' ? '1' : '0';
    headers.put("X-OM-Api-Key", key.substring(0, key.length() - 1) + last);

    assertRefused(post(), 401, GUIDES_401);
  }

  @Test
  void key_thatNobodyMade_isTheGuides401() throws Exception {
    headers.put("X-OM-Api-Key", KeyText.random("dev", new SecureRandom()).reveal());

    assertRefused(post(), 401, GUIDES_401);
  }

  @Test
  void key_ofAnotherEnvironment_isTheGuides401() throws Exception {
    headers.put("X-OM-Api-Key", KeyText.random("live", new SecureRandom()).reveal());

    assertRefused(post(), 401, GUIDES_401);
  }

  @Test
  void key_revoked_isTheGuides401() throws Exception {
    Operator operator = Operator.signIn(test);
    JsonNode made = operator.createKey("to be revoked");
    operator.revoke(made.path("id").asText());
    headers.put("X-OM-Api-Key", made.path("key").asText());

    assertRefused(post(), 401, GUIDES_401);
  }

  @Test
  void path_unknown_isA404() throws Exception {
    HttpResponse<byte[]> answer =
        test.send(
            RawClient.post(test.system().proxy(), "/v2/unknown", RawClient.MESSAGE, headers)
                .build());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertNothingSent();
  }

  @Test
  void body_ofMoreThan6Megabytes_isA413() throws Exception {
    String large = "{\"model\":\"m\",\"x\":\"" + "x".repeat(6 * 1024 * 1024) + "\"}";
    HttpResponse<byte[]> answer =
        test.send(RawClient.post(test.system().proxy(), "/v1/messages", large, headers).build());

    assertThat(answer.statusCode()).isEqualTo(413);
    assertNothingSent();
  }

  @Test
  void ingestion_withoutAKey_isA401() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(test.system().ingestion() + "/v1/events/ingest"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"events\":[]}"))
            .build();

    assertThat(test.send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void query_withoutAKey_isA401() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(test.system().dashboard() + "/v1/events")).build();

    assertThat(test.send(request).statusCode()).isEqualTo(401);
  }

  private HttpResponse<byte[]> post() throws Exception {
    return test.send(
        RawClient.post(test.system().proxy(), "/v1/messages", RawClient.MESSAGE, headers).build());
  }

  private void assertInvalid(HttpResponse<byte[]> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = TestSystem.JSON.readTree(answer.body()).path("error");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("code").asText()).isNotEmpty().isNotEqualTo("missing_billing_headers");
    assertNothingSent();
  }

  private void assertRefused(HttpResponse<byte[]> answer, int status, String body)
      throws Exception {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(TestSystem.JSON.readTree(answer.body())).isEqualTo(TestSystem.JSON.readTree(body));
    assertNothingSent();
  }

  private void assertNothingSent() {
    assertThat(test.providers().anthropic().calls()).hasSize(callsBefore);
  }
}
