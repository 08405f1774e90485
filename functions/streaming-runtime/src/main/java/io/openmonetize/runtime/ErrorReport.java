package io.openmonetize.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What the platform, and through it perhaps a caller, is told of a failure.
 *
 * <p>The message of an exception is left out unless it is this package's own, and its causes too: a
 * {@code NumberFormatException} quotes the text that it could not read, an HTTP client the URL with
 * its key. Class and stack say where to look and hold nothing of the invocation.
 *
 * @param type class name of the exception, or a word such as {@code Runtime.NoResponse}
 */
record ErrorReport(String type, String message, List<String> stackTrace) {
  static ErrorReport of(Throwable failure) {
    String type = failure.getClass().getName();
    String message = "The function failed with " + type;
    return new ErrorReport(
        type, isOwn(failure) ? message + ": " + failure.getMessage() : message, frames(failure));
  }

  /** Whether the message is one of ours, which quote nothing of an invocation. */
  static boolean isOwn(Throwable failure) {
    return failure instanceof RuntimeApiException
        || failure instanceof ResponseClosedException
        || failure instanceof InitializationException;
  }

  static ErrorReport of(String type, String message) {
    return new ErrorReport(type, message, List.of());
  }

  byte[] toJson() {
    return new Json()
        .put("errorMessage", message)
        .put("errorType", type)
        .put("stackTrace", stackTrace)
        .end()
        .getBytes(StandardCharsets.UTF_8);
  }

  static List<String> frames(Throwable failure) {
    return Arrays.stream(failure.getStackTrace()).map(StackTraceElement::toString).toList();
  }
}
