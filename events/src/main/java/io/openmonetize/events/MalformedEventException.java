package io.openmonetize.events;

/** A text that should be an event and is not. The message names what is wrong, never a value. */
public final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedEventException(String message) {
    super(message);
  }
}
