package io.openmonetize.proxy.request;

/** An event that is no HTTP request of payload format 2.0. The message repeats nothing of it. */
public final class MalformedRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedRequestException(String message) {
    super(message);
  }
}
