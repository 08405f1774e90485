package io.openmonetize.sdk.transport;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of every request to the API. */
public final class RequestHeaders {
  /** Who is speaking. */
  public static final String USER_AGENT = "openmonetize-sdk-java/0.1.0";

  private RequestHeaders() {}

  /**
   * Makes them.
   *
   * @param apiKey null for none
   * @param hasBody whether JSON is sent
   * @return by name
   */
  public static Map<String, String> of(@Nullable String apiKey, boolean hasBody) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    headers.put("User-Agent", USER_AGENT);
    if (apiKey != null) {
      headers.put("Authorization", "Bearer " + apiKey);
    }
    if (hasBody) {
      headers.put("Content-Type", "application/json");
    }
    return headers;
  }
}
