package io.openmonetize.storage;

/** A text that was presented as a cursor and never was one. */
public final class InvalidCursorException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidCursorException() {
    super("not a cursor of this feed");
  }
}
