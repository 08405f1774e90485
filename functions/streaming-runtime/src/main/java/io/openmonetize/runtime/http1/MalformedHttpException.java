package io.openmonetize.runtime.http1;

import java.io.IOException;

/**
 * The peer sent what RFC 9112 does not allow, or what two readers could take for two different
 * messages. The connection is of no further use: where the next message begins is unknown.
 */
public final class MalformedHttpException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message names the rule and never repeats the peer's bytes, which may hold a key
   */
  public MalformedHttpException(String message) {
    super(message);
  }
}
