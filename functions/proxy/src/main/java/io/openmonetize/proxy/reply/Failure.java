package io.openmonetize.proxy.reply;

/** What went wrong on the way to a provider or back. */
public enum Failure {
  BODY_TOO_LARGE(413, "Request body is too large"),
  INTERNAL(500, "Internal proxy error"),
  UNREACHABLE(502, "Failed to connect to %s"),
  /** The answer had begun; its status was told already. */
  INTERRUPTED(502, "Connection to %s was lost"),
  TIMED_OUT(504, "Request to %s timed out");

  private final int status;
  private final String message;

  Failure(int status, String message) {
    this.status = status;
    this.message = message;
  }

  public int status() {
    return status;
  }

  String message(String provider) {
    return message.formatted(provider);
  }
}
