package io.openmonetize.http;

import java.io.IOException;
import software.amazon.awssdk.crt.CRT;

/** The AWS Common Runtime's error numbers as exceptions. */
final class CrtErrors {
  private CrtErrors() {}

  /** The message has the error's name, such as {@code AWS_ERROR_HTTP_CONNECTION_CLOSED}. */
  static IOException exception(String what, int error) {
    return new IOException(what + ": " + CRT.awsErrorName(error));
  }
}
