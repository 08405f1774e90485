package io.openmonetize.keys;

/** The table of keys could not be reached, or did not answer in time. */
public final class KeyStoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyStoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
