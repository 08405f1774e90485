package io.openmonetize.runtime;

import java.io.IOException;

/** The Runtime API cannot be reached or answers what no protocol allows: the process should end. */
public final class RuntimeApiException extends IOException {
  private static final long serialVersionUID = 1;

  RuntimeApiException(String message) {
    super(message);
  }

  RuntimeApiException(String message, Throwable cause) {
    super(message, cause);
  }
}
