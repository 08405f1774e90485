package io.openmonetize.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request to an HTTP API, and the event of payload format 2.0 that the API makes of it. */
public record HttpCall(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    List<String> cookies,
    String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static HttpCall get(String target) {
    String[] parts = target.split("\\?", 2);
    return new HttpCall(
        "GET", parts[0], parts.length == 1 ? "" : parts[1], Map.of(), List.of(), "");
  }

  public static HttpCall post(String path, String json) {
    return new HttpCall("POST", path, "", Map.of(), List.of(), json)
        .with("content-type", "application/json");
  }

  public HttpCall with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpCall(method, path, query, more, cookies, body);
  }

  public HttpCall cookie(String cookie) {
    return new HttpCall(method, path, query, headers, List.of(cookie), body);
  }

  /**
   * Sends it to a function.
   *
   * @return the answer's payload
   * @throws IOException when the answer has another status
   */
  public JsonNode send(PackagedFunction function, int status)
      throws IOException, InterruptedException {
    return payload(function.invoke(event()), status);
  }

  /**
   * @return what the function answered
   * @throws IOException when the answer has another status
   */
  public JsonNode payload(Answer answer, int status) throws IOException {
    JsonNode payload = JSON.readTree(answer.body());
    if (payload.path("statusCode").asInt() != status) {
      throw new IOException(method + " " + path + " was answered " + answer.body());
    }
    return payload;
  }

  public byte[] event() {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("routeKey", "$default");
    event.put("rawPath", path).put("rawQueryString", query);
    if (!cookies.isEmpty()) {
      event.set("cookies", JSON.valueToTree(cookies));
    }
    ObjectNode sent = event.putObject("headers");
    sent.put("accept", "*/*").put("content-length", Integer.toString(body.length()));
    headers.forEach(sent::put);
    sent.put("host", "api.example.com").put("user-agent", "training/1.0");
    sent.put("x-amzn-trace-id", "Root=1-67891233-abcdef012345678912345678");
    sent.put("x-forwarded-for", "203.0.113.9").put("x-forwarded-port", "443");
    sent.put("x-forwarded-proto", "https");
    if (!query.isEmpty()) {
      ObjectNode parameters = event.putObject("queryStringParameters");
      for (String parameter : query.split("&")) {
        String[] parts = parameter.split("=", 2);
        parameters.put(parts[0], parts.length == 1 ? "" : parts[1]);
      }
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("accountId", "123456789012").put("apiId", "api").put("domainPrefix", "api");
    context.put("domainName", "api.example.com").put("requestId", "JKJaXmPLvHcESHA=");
    context.put("routeKey", "$default").put("stage", "$default");
    context.put("time", "01/Jan/2026:00:00:00 +0000").put("timeEpoch", 1_767_225_600_000L);
    ObjectNode http = context.putObject("http");
    http.put("method", method).put("path", path).put("protocol", "HTTP/1.1");
    http.put("sourceIp", "203.0.113.9").put("userAgent", "training/1.0");
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    event.put("isBase64Encoded", false);
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
