package io.openmonetize.local.parts;

import org.jspecify.annotations.Nullable;

/** A server of this machine could not be found or started. The message is meant for a person. */
public final class LocalPartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LocalPartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
