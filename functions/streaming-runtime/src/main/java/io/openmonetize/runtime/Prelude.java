package io.openmonetize.runtime;

import java.util.List;
import java.util.Map;

/**
 * Status, headers and cookies of a streamed HTTP response: the JSON object that goes before its
 * body.
 *
 * @param headers one value a name, the form that Function URLs understand
 * @param cookies whole {@code Set-Cookie} values; they may not stand among the headers
 */
public record Prelude(int statusCode, Map<String, String> headers, List<String> cookies) {
  public Prelude {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }
}
