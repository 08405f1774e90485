package io.openmonetize.runtime;

import java.io.IOException;

/**
 * A streamed response was closed before its end. The platform no longer takes its bytes, since the
 * caller has gone or the response is over its limit; or the response's time was up. On Lambda
 * itself a caller that hangs up does not show here.
 */
public final class ResponseClosedException extends IOException {
  private static final long serialVersionUID = 1;

  ResponseClosedException(Throwable cause) {
    super("The response was closed before its end", cause);
  }
}
