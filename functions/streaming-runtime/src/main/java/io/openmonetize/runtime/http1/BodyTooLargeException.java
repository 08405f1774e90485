package io.openmonetize.runtime.http1;

import java.io.IOException;

/** A body was longer than its reader was ready to hold. */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  public BodyTooLargeException(int maxBytes) {
    super("The body is longer than " + maxBytes + " bytes");
  }
}
