package io.openmonetize.local.smoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the front door and the proxy answer to calls that cost nothing. */
final class DoorChecks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRONG_KEY = "a-wrong-provider-key";
  private static final String REMAPPED = "x-amzn-remapped-";
  private static final int TOO_LARGE_BYTES = 7 * 1024 * 1024;

  private final ProxyCalls calls;

  DoorChecks(ProxyCalls calls) {
    this.calls = calls;
  }

  List<Check> all() {
    return List.of(
        new Check("health answers GET and POST", this::health),
        new Check("answers without a body: HEAD, preflight", this::emptyBodies),
        new Check("missing headers: the guide's 400", this::missingHeaders),
        new Check("malformed key: the guide's 401", this::malformedKey),
        new Check("unknown path: 404", this::unknownPath),
        new Check("provider's 401 comes through", this::providerError),
        new Check("response headers renamed by the front door", this::remappedHeaders),
        new Check("encoded path: %2F and space", this::encodedPath),
        new Check("path that climbs: refused", this::climbingPath),
        new Check("request of 7 MB: refused, not hung", this::tooLarge));
  }

  private Outcome health() throws IOException, InterruptedException {
    HttpResponse<String> get = calls.send("GET", "/health");
    HttpResponse<String> post = calls.send("POST", "/health");
    boolean right =
        get.statusCode() == 200
            && post.statusCode() == 200
            && json(get.body()).path("service").isTextual();
    return Outcome.of(right, get.statusCode() + ", " + post.statusCode() + " " + get.body());
  }

  /** Where a front door waits for a byte that never comes, these time out. */
  private Outcome emptyBodies() throws IOException, InterruptedException {
    HttpResponse<String> head = calls.send("HEAD", "/health");
    HttpResponse<String> preflight =
        calls.send(
            "OPTIONS",
            "/v1/messages",
            Map.of(
                "Origin", "https://example.com",
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "x-om-api-key"),
            "");
    boolean allowed = preflight.headers().firstValue("access-control-allow-origin").isPresent();
    return Outcome.of(
        head.statusCode() == 200 && preflight.statusCode() / 100 == 2 && allowed,
        "HEAD %d, preflight %d%s"
            .formatted(
                head.statusCode(),
                preflight.statusCode(),
                allowed ? "" : " without access-control-allow-origin"));
  }

  private Outcome missingHeaders() throws IOException, InterruptedException {
    return refused(
        calls.send("POST", "/v1/messages", Map.of(), "{}"), 400, "code", "missing_billing_headers");
  }

  private Outcome malformedKey() throws IOException, InterruptedException {
    Map<String, String> headers = calls.headers(ProxyCalls.newUser(), WRONG_KEY);
    headers.put("X-OM-Api-Key", "om_live_nothing");
    return refused(
        calls.send("POST", "/v1/messages", headers, "{}"), 401, "code", "invalid_api_key");
  }

  private Outcome unknownPath() throws IOException, InterruptedException {
    int status = calls.send("GET", "/nothing-here").statusCode();
    return Outcome.of(status == 404, Integer.toString(status));
  }

  private Outcome providerError() throws IOException, InterruptedException {
    HttpResponse<String> answer = unauthorized();
    boolean named = answer.headers().firstValue("x-om-request-id").isPresent();
    Outcome outcome = refused(answer, 401, "type", "authentication_error");
    return named ? outcome : new Outcome.Failed(outcome.seen() + ", no x-om-request-id");
  }

  private Outcome remappedHeaders() throws IOException, InterruptedException {
    String renamed =
        unauthorized().headers().map().keySet().stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(REMAPPED))
            .sorted()
            .collect(Collectors.joining(", "));
    return new Outcome.Measured(renamed.isEmpty() ? "none" : renamed);
  }

  /** The provider's answer names what reached it. */
  private Outcome encodedPath() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        calls.send(
            "GET",
            "/anthropic/v1/models/a%2Fb%20c",
            calls.headers(ProxyCalls.newUser(), WRONG_KEY),
            "");
    return new Outcome.Measured(answer.statusCode() + " " + shortened(answer.body()));
  }

  private Outcome climbingPath() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        calls.send(
            "GET",
            "/anthropic/v1/%2e%2e/%2e%2e/x",
            calls.headers(ProxyCalls.newUser(), WRONG_KEY),
            "");
    return Outcome.of(answer.statusCode() == 400, answer.statusCode() + "");
  }

  private Outcome tooLarge() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        calls.send(
            "POST",
            "/v1/messages",
            calls.headers(ProxyCalls.newUser(), WRONG_KEY),
            "{\"x\":\"" + "x".repeat(TOO_LARGE_BYTES) + "\"}");
    return Outcome.of(
        answer.statusCode() == 413, answer.statusCode() + " " + shortened(answer.body()));
  }

  private HttpResponse<String> unauthorized() throws IOException, InterruptedException {
    return calls.send(
        "POST",
        "/v1/messages",
        calls.headers(ProxyCalls.newUser(), WRONG_KEY),
        """
        {"model":"claude-haiku-4-5","max_tokens":1,"messages":[{"role":"user","content":"Hi"}]}\
        """);
  }

  private static Outcome refused(
      HttpResponse<String> answer, int status, String member, String value) {
    return Outcome.of(
        answer.statusCode() == status
            && json(answer.body()).path("error").path(member).asText().equals(value),
        answer.statusCode() + " " + shortened(answer.body()));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }
}
