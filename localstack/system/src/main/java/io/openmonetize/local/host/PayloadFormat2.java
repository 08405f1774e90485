package io.openmonetize.local.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An HTTP request as the event of payload format 2.0, which Function URLs and HTTP APIs share:
 * lower-cased names, repeated headers joined by commas, cookies in a list of their own, path and
 * query raw.
 */
final class PayloadFormat2 {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String STAGE = "$default";

  /** They concern one connection, not the request, and end at the front door. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "expect",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> TEXT_TYPES =
      Set.of("application/json", "application/xml", "application/javascript");

  private PayloadFormat2() {}

  /**
   * What the front door knows besides the request.
   *
   * @param sourceIp address of the caller
   * @param port of the front door
   */
  record Arrival(String requestId, Instant time, String sourceIp, int port) {}

  static byte[] event(RequestHead head, byte[] body, Arrival arrival) {
    ByteArrayOutputStream event = new ByteArrayOutputStream(body.length + 2048);
    try (JsonGenerator json = JSON.createGenerator(event)) {
      json.writeStartObject();
      json.writeStringField("version", "2.0");
      json.writeStringField("routeKey", STAGE);
      json.writeStringField("rawPath", path(head.target()));
      json.writeStringField("rawQueryString", query(head.target()));
      cookies(json, head.headers());
      strings(json, "headers", headers(head.headers(), body, arrival));
      queryParameters(json, query(head.target()));
      context(json, head, arrival);
      body(json, head.headers(), body);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return event.toByteArray();
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static String query(String target) {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  private static void cookies(JsonGenerator json, Headers headers) throws IOException {
    List<String> cookies = new ArrayList<>();
    for (String line : headers.all("cookie")) {
      for (String cookie : line.split(";")) {
        if (!cookie.isBlank()) {
          cookies.add(cookie.strip());
        }
      }
    }
    if (!cookies.isEmpty()) {
      json.writeArrayFieldStart("cookies");
      for (String cookie : cookies) {
        json.writeString(cookie);
      }
      json.writeEndArray();
    }
  }

  private static Map<String, String> headers(Headers sent, byte[] body, Arrival arrival) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Headers.Field field : sent.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name) && !name.equals("cookie")) {
        headers.merge(name, field.value(), (first, next) -> first + "," + next);
      }
    }
    if (sent.contains("transfer-encoding")) {
      headers.put("content-length", Integer.toString(body.length));
    }
    headers.merge("x-forwarded-for", arrival.sourceIp(), (before, ip) -> before + ", " + ip);
    headers.put("x-forwarded-port", Integer.toString(arrival.port()));
    headers.put("x-forwarded-proto", "http");
    headers.put("x-amzn-trace-id", traceId(arrival));
    return headers;
  }

  /** The first 8 digits are the time, the rest is random, as the request id is. */
  static String traceId(Arrival arrival) {
    String random = arrival.requestId().replace("-", "").substring(0, 24);
    return "Root=1-%08x-%s".formatted(arrival.time().getEpochSecond(), random);
  }

  private static void queryParameters(JsonGenerator json, String query) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.isEmpty()) {
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        parameters.merge(decode(name), value, (first, next) -> first + "," + next);
      }
    }
    if (!parameters.isEmpty()) {
      strings(json, "queryStringParameters", parameters);
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  private static void context(JsonGenerator json, RequestHead head, Arrival arrival)
      throws IOException {
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("accountId", "anonymous");
    json.writeStringField("apiId", "local");
    json.writeStringField("domainName", "127.0.0.1");
    json.writeStringField("domainPrefix", "127");
    json.writeObjectFieldStart("http");
    json.writeStringField("method", head.method());
    json.writeStringField("path", path(head.target()));
    json.writeStringField("protocol", "HTTP/1.1");
    json.writeStringField("sourceIp", arrival.sourceIp());
    json.writeStringField("userAgent", head.headers().first("user-agent").orElse(""));
    json.writeEndObject();
    json.writeStringField("requestId", arrival.requestId());
    json.writeStringField("routeKey", STAGE);
    json.writeStringField("stage", STAGE);
    json.writeStringField("time", TIME.format(arrival.time()));
    json.writeNumberField("timeEpoch", arrival.time().toEpochMilli());
    json.writeEndObject();
  }

  private static void body(JsonGenerator json, Headers headers, byte[] body) throws IOException {
    Optional<String> text =
        body.length > 0 && isText(headers) ? decodeUtf8(body) : Optional.empty();
    if (text.isPresent()) {
      json.writeStringField("body", text.get());
    } else if (body.length > 0) {
      json.writeStringField("body", Base64.getEncoder().encodeToString(body));
    }
    json.writeBooleanField("isBase64Encoded", body.length > 0 && text.isEmpty());
  }

  /**
   * AWS passes few types as text and everything else in base64, also what has no type at all and
   * even forms. Its documents do not list them; this is what was measured on an HTTP API
   * (ministackorg/ministack pull request 766).
   */
  private static boolean isText(Headers headers) {
    String type = headers.first("content-type").orElse("").toLowerCase(Locale.ROOT);
    String essence = type.split(";", 2)[0].strip();
    return !headers.contains("content-encoding")
        && (essence.startsWith("text/") || TEXT_TYPES.contains(essence));
  }

  /** What only claims to be text would not survive as a JSON string. */
  private static Optional<String> decodeUtf8(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static void strings(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }
}
