package io.openmonetize.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.runtime.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call as an HTTP API hands it over. */
final class Call {
  private final Function<Call, Reply> sender;
  private final String method;
  private final String path;
  private final String query;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<String> cookies = new ArrayList<>();
  private String stage = "$default";
  private String sourceIp = "127.0.0.1";
  private @Nullable String body;
  private boolean base64;

  Call(Function<Call, Reply> sender, String method, String target) {
    this.sender = sender;
    this.method = method;
    int mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
    headers.put("host", "localhost:8080");
    headers.put("accept", "*/*");
  }

  Call header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Call host(String host) {
    return header("host", host);
  }

  Call bearer(String key) {
    return header("authorization", "Bearer " + key);
  }

  /** With the session's cookie, as a browser adds it by itself. */
  Call cookie(String token) {
    cookies.add("om_session=" + token);
    return this;
  }

  /** With the cookie and the header that the dashboard adds. */
  Call signedIn(String token) {
    return cookie(token).header("x-om-csrf", "1");
  }

  Call json(String json) {
    body = json;
    return header("content-type", "application/json");
  }

  Call base64Json(byte[] json) {
    base64 = true;
    return json(Base64.getEncoder().encodeToString(json));
  }

  Call from(String ip) {
    sourceIp = ip;
    return this;
  }

  Call stage(String name) {
    stage = name;
    return this;
  }

  String method() {
    return method;
  }

  /** Without the stage. */
  String apiPath() {
    return path.startsWith("/" + stage + "/") ? path.substring(stage.length() + 1) : path;
  }

  Reply send() {
    return sender.apply(this);
  }

  Invocation invocation() {
    ObjectMapper json = new ObjectMapper();
    ObjectNode event = json.createObjectNode().put("version", "2.0").put("routeKey", "$default");
    event.put("rawPath", path).put("rawQueryString", query);
    event.set("headers", json.valueToTree(headers));
    if (!cookies.isEmpty()) {
      event.set("cookies", json.valueToTree(cookies));
    }
    event.put("body", body).put("isBase64Encoded", base64);
    ObjectNode context = event.putObject("requestContext");
    context.put("stage", stage).put("requestId", "request-" + UUID.randomUUID());
    context.putObject("http").put("method", method).put("path", path).put("sourceIp", sourceIp);
    return new Invocation(
        "invocation-1", Instant.MAX, null, null, event.toString().getBytes(StandardCharsets.UTF_8));
  }
}
