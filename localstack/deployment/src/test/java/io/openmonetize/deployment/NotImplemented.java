package io.openmonetize.deployment;

import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tells an emulator's "not implemented" from a failure: there are many ways to say it. */
final class NotImplemented {
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NOT_IMPLEMENTED = 501;

  private static final Set<String> CODES =
      Set.of(
          "InvalidAction",
          "NotImplemented",
          "NotImplementedException",
          "UnknownOperation",
          "UnknownOperationException",
          "UnsupportedOperation",
          "UnsupportedOperationException",
          "AWS.SimpleQueueService.UnsupportedOperation");

  private NotImplemented() {}

  static boolean says(Throwable failure) {
    if (!(failure instanceof AwsServiceException answer)) {
      return false;
    }
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    String message = String.valueOf(answer.getMessage()).toLowerCase(Locale.ROOT);
    return switch (answer.statusCode()) {
      case NOT_IMPLEMENTED -> true;
      // A server that does not know the service at all: no service's own 404 is without a code.
      case NOT_FOUND, METHOD_NOT_ALLOWED -> code == null || code.isEmpty() || CODES.contains(code);
      default ->
          code != null && CODES.contains(code)
              || message.contains("not implemented")
              || message.contains("not yet implemented")
              || message.contains("not supported");
    };
  }
}
