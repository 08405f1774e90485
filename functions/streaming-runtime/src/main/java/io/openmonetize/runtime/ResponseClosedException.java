package io.openmonetize.runtime;

import java.io.IOException;

/**
 * The platform no longer takes the bytes of a streamed response: the caller has gone, or the
 * response is over its limit. On Lambda itself a caller that hangs up does not show here.
 */
public final class ResponseClosedException extends IOException {
  private static final long serialVersionUID = 1;

  ResponseClosedException(Throwable cause) {
    super("The platform closed the response before its end", cause);
  }
}
