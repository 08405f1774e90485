package io.openmonetize.proxy.reply;

/** What went wrong on the way to a provider or back. */
public enum Failure {
  INTERNAL(500, "Internal proxy error"),
  UNREACHABLE(502, "Failed to connect to %s"),
  /** The request was sent, in part at least; inside a stream the status is told already. */
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
