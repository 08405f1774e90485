package io.openmonetize.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes back.
 *
 * @param headers by lower-case name
 * @param cookies each a whole {@code Set-Cookie} value
 */
public record Answer(int status, Map<String, String> headers, List<String> cookies, byte[] body) {
  private static final byte[] NO_BODY = {};

  public Answer {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  public static Answer empty(int status) {
    return new Answer(status, Map.of(), List.of(), NO_BODY);
  }

  public static Answer json(int status, JsonNode body) {
    return of(status, "application/json", Json.write(body));
  }

  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("content-type", contentType), List.of(), body);
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, cookies, body);
  }

  public Answer withDefault(String header, String value) {
    return headers.containsKey(header) ? this : with(header, value);
  }

  public Answer withCookie(String cookie) {
    return new Answer(status, headers, List.of(cookie), body);
  }

  /** As the answer to HEAD: everything but the body. */
  public Answer withoutBody() {
    return new Answer(status, headers, cookies, NO_BODY);
  }
}
