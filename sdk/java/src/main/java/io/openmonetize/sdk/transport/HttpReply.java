package io.openmonetize.sdk.transport;

import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param retryAfter the header of that name; null where there is none
 * @param body empty for none
 */
public record HttpReply(int status, @Nullable String retryAfter, byte[] body) {
  /** Without the body. */
  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
