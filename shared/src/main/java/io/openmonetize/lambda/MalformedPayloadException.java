package io.openmonetize.lambda;

import java.io.IOException;

/** An event is not of the form that its source promises. Says what, and quotes nothing of it. */
public final class MalformedPayloadException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedPayloadException(String message) {
    super(message);
  }
}
