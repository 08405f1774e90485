package io.openmonetize.local;

/** A port that was asked for is in use. The message names it and the variable that changes it. */
final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String variable, int port, Throwable cause) {
    super(
        "port %d is in use by another program: stop it, or set %s (0 takes any free port)"
            .formatted(port, variable),
        cause);
  }
}
