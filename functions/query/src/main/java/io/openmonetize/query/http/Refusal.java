package io.openmonetize.query.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a call with an error answer. The message is shown to the caller. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String header;
  private final @Nullable String headerValue;

  private Refusal(
      ErrorCode code, String message, @Nullable String header, @Nullable String headerValue) {
    super(message);
    this.code = code;
    this.header = header;
    this.headerValue = headerValue;
  }

  public Refusal(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  /** A bad parameter or field; the message starts with its name. */
  public static Refusal invalid(String name, String whatIsWrong) {
    return new Refusal(ErrorCode.VALIDATION_ERROR, name + " " + whatIsWrong);
  }

  public static Refusal methodNotAllowed(String allowed) {
    return new Refusal(
        ErrorCode.METHOD_NOT_ALLOWED, "This path answers to " + allowed + ".", "allow", allowed);
  }

  public static Refusal tooManyRequests(String message, Duration retryAfter) {
    // Rounded up: a caller that waits exactly so long must not come a moment too early.
    long seconds = retryAfter.plusMillis(999).toSeconds();
    return new Refusal(ErrorCode.TOO_MANY_REQUESTS, message, "retry-after", Long.toString(seconds));
  }

  public ErrorCode code() {
    return code;
  }

  public Answer answer(String requestId) {
    Answer answer = error(code, Optional.ofNullable(getMessage()).orElse(code.name()), requestId);
    return header == null || headerValue == null ? answer : answer.with(header, headerValue);
  }

  public static Answer error(ErrorCode code, String message, String requestId) {
    return Answer.json(
        code.status(),
        Json.object()
            .put("error", code.name())
            .put("message", message)
            .put("request_id", requestId));
  }
}
