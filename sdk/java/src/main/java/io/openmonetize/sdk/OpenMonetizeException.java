package io.openmonetize.sdk;

import org.jspecify.annotations.Nullable;

/** A read that failed. Tracking never throws it. */
public final class OpenMonetizeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The answer's status, or 0. */
  private final int statusCode;

  /** The answer's body, if there was one. */
  private final @Nullable String response;

  /**
   * Of a call without an answer.
   *
   * @param message what went wrong
   * @param cause why
   */
  public OpenMonetizeException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.statusCode = 0;
    this.response = null;
  }

  /**
   * Of an answer that is not what was asked for.
   *
   * @param message what went wrong
   * @param statusCode of the answer
   * @param response its body
   */
  public OpenMonetizeException(String message, int statusCode, String response) {
    super(message);
    this.statusCode = statusCode;
    this.response = response;
  }

  /**
   * The HTTP status of the answer.
   *
   * @return 0 where there was no answer
   */
  public int statusCode() {
    return statusCode;
  }

  /**
   * The body of the answer.
   *
   * @return null where there was no answer
   */
  public @Nullable String response() {
    return response;
  }
}
