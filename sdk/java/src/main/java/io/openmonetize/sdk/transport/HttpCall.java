package io.openmonetize.sdk.transport;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param method such as {@code POST}
 * @param uri where to
 * @param headers by name; they hold the API key
 * @param body null for none
 * @param timeout from the beginning to the last byte of the answer
 * @param replyBytesAtMost a longer answer is an I/O error
 */
public record HttpCall(
    String method,
    URI uri,
    Map<String, String> headers,
    byte @Nullable [] body,
    Duration timeout,
    int replyBytesAtMost) {
  /** Copies the headers. */
  public HttpCall {
    headers = Map.copyOf(headers);
  }

  /** Without headers and body. */
  @Override
  public String toString() {
    return method + " " + uri.getPath();
  }
}
