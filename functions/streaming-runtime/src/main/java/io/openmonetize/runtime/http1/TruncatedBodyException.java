package io.openmonetize.runtime.http1;

import java.io.IOException;

/** The connection ended before the body did. */
public final class TruncatedBodyException extends IOException {
  private static final long serialVersionUID = 1;

  public TruncatedBodyException(String message) {
    super(message);
  }
}
