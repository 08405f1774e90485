package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * As much of CloudFormation, S3, SSM, STS and Lambda as a deployment asks for, in AWS's own
 * protocols: so that the way by CloudFormation is walked in each build. That a server which others
 * have made takes it too, only such a server can show.
 */
final class StandInCloud implements HttpHandler {
  /** More than the largest package. */
  private static final int REQUEST_BYTES = 128 * 1024 * 1024;

  private static final String FUNCTIONS = "/2015-03-31/functions/";
  private static final String EVENT_SOURCES = "/2015-03-31/event-source-mappings";

  private final Map<String, Set<String>> buckets = new ConcurrentHashMap<>();
  private final Map<String, String> parameters = new ConcurrentHashMap<>();
  private @Nullable StandInStacks stacks;

  /**
   * @param refused the type of which no resource can be made; null makes all
   */
  void open(CloudAssembly assembly, AwsServer server, @Nullable String refused) {
    stacks = new StandInStacks(assembly, server, refused, this::holds);
  }

  StandInStacks stacks() {
    if (stacks == null) {
      throw new IllegalStateException("not open");
    }
    return stacks;
  }

  /** Whatever is left in it. */
  Map<String, Object> left() {
    Map<String, Object> left = new TreeMap<>();
    buckets.forEach((name, keys) -> left.put("bucket " + name, keys));
    parameters.forEach((name, value) -> left.put("parameter " + name, value));
    stacks().names().forEach(name -> left.put("stack " + name, ""));
    return left;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String method = exchange.request().method();
    String path = exchange.request().target().split("\\?", 2)[0];
    byte[] body = exchange.body().readAll(REQUEST_BYTES);
    String target = exchange.request().headers().first("X-Amz-Target").orElse("");
    if (target.startsWith("AmazonSSM.")) {
      parameter(exchange, target.substring("AmazonSSM.".length()), body);
    } else if (path.startsWith(FUNCTIONS)) {
      String name = path.substring(FUNCTIONS.length()).replace("/configuration", "");
      json(exchange, 200, stacks().function(name));
    } else if (path.startsWith(EVENT_SOURCES)) {
      json(exchange, 200, eventSources(method, body));
    } else if (path.equals("/")) {
      query(exchange, form(new String(body, StandardCharsets.UTF_8)));
    } else {
      bucket(exchange, method, path.substring(1).split("/", 2));
    }
  }

  private boolean holds(String bucket, String key) {
    return buckets.getOrDefault(bucket, Set.of()).contains(key);
  }

  private JsonNode eventSources(String method, byte[] body) throws IOException {
    if (method.equals("PUT")) {
      return stacks().setEnabled(CloudAssembly.JSON.readTree(body).path("Enabled").asBoolean());
    }
    ObjectNode list = CloudAssembly.JSON.createObjectNode();
    list.withArray("EventSourceMappings").add(stacks().eventSource());
    return list;
  }

  private void parameter(HttpExchange exchange, String action, byte[] body) throws IOException {
    JsonNode request = CloudAssembly.JSON.readTree(body);
    String name = request.path("Name").asText();
    ObjectNode answer = CloudAssembly.JSON.createObjectNode();
    switch (action) {
      case "GetParameter" -> {
        String value = parameters.get(name);
        if (value == null) {
          json(exchange, 400, answer.put("__type", "ParameterNotFound"));
          return;
        }
        answer.putObject("Parameter").put("Name", name).put("Value", value);
      }
      case "PutParameter" -> parameters.put(name, request.path("Value").asText());
      case "DeleteParameter" -> parameters.remove(name);
      default -> throw new IOException("SSM was asked to " + action);
    }
    json(exchange, 200, answer);
  }

  private void bucket(HttpExchange exchange, String method, String[] place) throws IOException {
    String bucket = place[0];
    boolean whole = place.length == 1 || place[1].isEmpty();
    switch (method) {
      case "PUT" -> {
        Set<String> keys = buckets.computeIfAbsent(bucket, _ -> ConcurrentHashMap.newKeySet());
        if (!whole) {
          keys.add(place[1]);
        }
      }
      case "HEAD", "GET" -> {
        if (!buckets.containsKey(bucket)) {
          exchange.respond(404, Headers.NONE, new byte[0]);
          return;
        }
      }
      case "DELETE" -> {
        if (!whole) {
          buckets.get(bucket).remove(place[1]);
        } else if (buckets.get(bucket).isEmpty()) {
          buckets.remove(bucket);
        } else {
          xml(exchange, 409, "<Error><Code>BucketNotEmpty</Code></Error>");
          return;
        }
      }
      default -> throw new IOException("S3 was asked to " + method);
    }
    String list =
        new TreeSet<>(buckets.getOrDefault(bucket, Set.of()))
            .stream()
                .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                .collect(Collectors.joining());
    String answer = method.equals("GET") ? "<ListBucketResult>" + list + "</ListBucketResult>" : "";
    xml(exchange, 200, answer);
  }

  private void query(HttpExchange exchange, Map<String, String> form) throws IOException {
    String action = form.getOrDefault("Action", "");
    String result;
    try {
      result =
          action.equals("GetCallerIdentity")
              ? "<Account>000000000000</Account>"
              : stacks().act(action, form);
    } catch (StandInStacks.RefusedException e) {
      xml(
          exchange,
          400,
          "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>"
              + e.getMessage()
              + "</Message></Error></ErrorResponse>");
      return;
    }
    xml(
        exchange,
        200,
        "<{0}Response><{0}Result>{1}</{0}Result></{0}Response>"
            .replace("{0}", action)
            .replace("{1}", result));
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(decoded(parts[0]), decoded(parts[1]));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
    exchange.respond(
        status,
        Headers.of("Content-Type", "application/json"),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void xml(HttpExchange exchange, int status, String body) throws IOException {
    exchange.respond(
        status, Headers.of("Content-Type", "text/xml"), body.getBytes(StandardCharsets.UTF_8));
  }
}
