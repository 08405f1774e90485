package io.openmonetize.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A caller's request, and the event that a Function URL makes of it. */
public record Request(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    List<String> cookies,
    byte[] body) {
  private static final JsonFactory FACTORY = new JsonFactory();

  public static Request of(String method, String path) {
    return new Request(method, path, "", Map.of(), List.of(), new byte[0]);
  }

  public static Request post(String path, String body) {
    return new Request("POST", path, "", Map.of(), List.of(), body.getBytes(StandardCharsets.UTF_8))
        .with("content-type", "application/json");
  }

  public Request with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Request(method, path, query, more, cookies, body);
  }

  public Request without(String header) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(header);
    return new Request(method, path, query, fewer, cookies, body);
  }

  public Request query(String text) {
    return new Request(method, path, text, headers, cookies, body);
  }

  public Request cookies(String... values) {
    return new Request(method, path, query, headers, List.of(values), body);
  }

  public Request body(byte[] bytes) {
    return new Request(method, path, query, headers, cookies, bytes);
  }

  /** Binary, as the platform sends what it does not take for text. */
  public byte[] event() {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(event)) {
      json.writeStartObject();
      json.writeStringField("version", "2.0");
      json.writeStringField("routeKey", "$default");
      json.writeStringField("rawPath", path);
      json.writeStringField("rawQueryString", query);
      json.writeArrayFieldStart("cookies");
      for (String cookie : cookies) {
        json.writeString(cookie);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeStringField("x-forwarded-for", "203.0.113.9");
      json.writeStringField("x-forwarded-proto", "https");
      json.writeStringField("x-amzn-trace-id", "Root=1-67891233-abcdef012345678912345678");
      json.writeEndObject();
      json.writeObjectFieldStart("requestContext");
      json.writeStringField("accountId", "anonymous");
      json.writeObjectFieldStart("http");
      json.writeStringField("method", method);
      json.writeStringField("path", path);
      json.writeStringField("sourceIp", "203.0.113.9");
      json.writeEndObject();
      json.writeEndObject();
      if (body.length > 0) {
        json.writeFieldName("body");
        json.writeBinary(body);
      }
      json.writeBooleanField("isBase64Encoded", body.length > 0);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return event.toByteArray();
  }
}
