package io.openmonetize.http;

import java.io.IOException;

/** No answer, or not the whole of it. Messages hold nothing that was sent or received. */
public final class ExchangeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** How far it got. */
  public enum Kind {
    /** The peer has seen nothing of the request: no connection could be made. */
    UNREACHABLE,
    /** The connection broke, or spoke no HTTP, when the peer may have begun to work. */
    BROKEN,
    /** The time given was up; the peer may be at work still. */
    TIMED_OUT
  }

  private final Kind kind;

  public ExchangeException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
