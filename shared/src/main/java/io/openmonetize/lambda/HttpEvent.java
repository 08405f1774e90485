package io.openmonetize.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an API Gateway HTTP API hands over, payload format 2.0. Texts that are missing are empty,
 * save method and path, without which it is no such event.
 *
 * @param method as sent
 * @param rawPath with the stage in front, where that is not {@code $default}
 * @param rawQuery still percent-encoded
 * @param headers by lower-case name; repeated ones come joined by commas
 * @param cookies each {@code name=value}
 * @param body text, or base64 of bytes
 * @param stage such as {@code $default}
 */
public record HttpEvent(
    String method,
    String rawPath,
    String rawQuery,
    Map<String, String> headers,
    List<String> cookies,
    String body,
    boolean base64,
    String stage,
    String sourceIp,
    String domainName,
    String requestId) {
  public HttpEvent {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  /**
   * @throws MalformedPayloadException for anything but an event of this format
   */
  public static HttpEvent read(byte[] event) throws MalformedPayloadException {
    Reader reader = new Reader();
    EventJson.read(event, reader::top);
    if (reader.method.isEmpty() || reader.rawPath.isEmpty()) {
      throw new MalformedPayloadException("The event has no method or no path");
    }
    return reader.build();
  }

  /**
   * The bytes that the caller sent.
   *
   * @throws IllegalArgumentException when the body is said to be base64 and is not
   */
  public byte[] bytes() {
    return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Reader {
    private final Map<String, String> headers = new HashMap<>();
    private final List<String> cookies = new ArrayList<>();
    private String rawPath = "";
    private String rawQuery = "";
    private String body = "";
    private boolean base64;
    private String method = "";
    private String stage = "";
    private String sourceIp = "";
    private String domainName = "";
    private String requestId = "";

    private boolean top(String name, JsonParser json) throws IOException {
      switch (name) {
        case "rawPath" -> rawPath = EventJson.text(json);
        case "rawQueryString" -> rawQuery = EventJson.text(json);
        case "headers" -> EventJson.object(json, this::header);
        case "cookies" -> EventJson.array(json, cookie -> cookies.add(EventJson.text(cookie)));
        case "requestContext" -> EventJson.object(json, this::context);
        case "body" -> body = EventJson.text(json);
        case "isBase64Encoded" -> base64 = json.hasToken(JsonToken.VALUE_TRUE);
        default -> {
          return false;
        }
      }
      return true;
    }

    /** Format 2.0 promises lower-case names; a test tool or another front door may not. */
    private boolean header(String name, JsonParser json) throws IOException {
      headers.put(name.toLowerCase(Locale.ROOT), EventJson.text(json));
      return true;
    }

    private boolean context(String name, JsonParser json) throws IOException {
      switch (name) {
        case "http" -> EventJson.object(json, this::http);
        case "stage" -> stage = EventJson.text(json);
        case "domainName" -> domainName = EventJson.text(json);
        case "requestId" -> requestId = EventJson.text(json);
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean http(String name, JsonParser json) throws IOException {
      switch (name) {
        case "method" -> method = EventJson.text(json);
        case "sourceIp" -> sourceIp = EventJson.text(json);
        default -> {
          return false;
        }
      }
      return true;
    }

    private HttpEvent build() {
      return new HttpEvent(
          method,
          rawPath,
          rawQuery,
          headers,
          cookies,
          body,
          base64,
          stage,
          sourceIp,
          domainName,
          requestId);
    }
  }
}
