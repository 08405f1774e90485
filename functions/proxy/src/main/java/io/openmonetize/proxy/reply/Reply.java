package io.openmonetize.proxy.reply;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A whole answer of the proxy's own. */
public record Reply(int status, Map<String, String> headers, byte[] body) {
  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply json(int status, String json) {
    return json(status, Map.of(), json);
  }

  public static Reply json(int status, Map<String, String> more, String json) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("content-type", "application/json");
    return new Reply(status, headers, json.getBytes(StandardCharsets.UTF_8));
  }
}
