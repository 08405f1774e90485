package io.openmonetize.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Whoever has the password of the ready line, at the HTTP API behind the dashboard. */
final class Operator {
  private final TestSystem test;
  private final String cookie;

  private Operator(TestSystem test, String cookie) {
    this.test = test;
    this.cookie = cookie;
  }

  static Operator signIn(TestSystem test) throws Exception {
    String body =
        TestSystem.JSON
            .createObjectNode()
            .put("name", test.system().operatorName())
            .put("password", test.system().operatorPassword())
            .toString();
    HttpResponse<byte[]> answer =
        test.send(
            HttpRequest.newBuilder(URI.create(test.system().dashboard() + "/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    if (answer.statusCode() != 200) {
      throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8));
    }
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    return new Operator(test, cookie.split(";", 2)[0]);
  }

  JsonNode createKey(String name) throws Exception {
    return post("/v1/api-keys", "{\"name\":\"" + name + "\"}");
  }

  void revoke(String keyId) throws Exception {
    post("/v1/api-keys/" + keyId + "/revoke", "{}");
  }

  private JsonNode post(String path, String body) throws Exception {
    HttpResponse<byte[]> answer =
        test.send(
            HttpRequest.newBuilder(URI.create(test.system().dashboard() + path))
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .header("X-OM-CSRF", "1")
                .POST(BodyPublishers.ofString(body))
                .build());
    if (answer.statusCode() >= 300) {
      throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8));
    }
    return TestSystem.JSON.readTree(answer.body()).path("data");
  }
}
