package io.openmonetize.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The handler could not be built. The platform has been told; the process should end with status 1.
 */
public final class InitializationException extends Exception {
  private static final long serialVersionUID = 1;

  InitializationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
