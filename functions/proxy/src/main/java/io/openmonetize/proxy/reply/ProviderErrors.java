package io.openmonetize.proxy.reply;

import io.openmonetize.events.Provider;

/**
 * Failures in the form of each provider's API, so that its SDK raises its own exception and retries
 * by its own rules: as a whole body, and as an event inside a stream.
 */
public final class ProviderErrors {
  private ProviderErrors() {}

  public static Reply reply(Provider provider, Failure failure) {
    return Reply.json(failure.status(), body(provider, failure));
  }

  /**
   * One event of an event stream.
   *
   * @param endpoint its name as in a usage event; OpenAI's Responses API has typed events
   */
  public static String event(Provider provider, String endpoint, Failure failure) {
    String body = body(provider, failure);
    return switch (provider) {
      case ANTHROPIC -> "event: error\ndata: " + body + "\n\n";
      // Google ends lines by CRLF, and its SDKs split at exactly that.
      case GOOGLE -> "data: " + body + "\r\n\r\n";
      default ->
          endpoint.startsWith("responses")
              ? "event: error\ndata: {\"type\":\"error\"," + body.substring(1) + "\n\n"
              : "data: " + body + "\n\n";
    };
  }

  private static String body(Provider provider, Failure failure) {
    return switch (provider) {
      case ANTHROPIC ->
          "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
              .formatted(anthropicType(failure), failure.message("Anthropic"));
      case GOOGLE ->
          "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\"}}"
              .formatted(failure.status(), failure.message("Gemini"), googleStatus(failure));
      default ->
          "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"code\":\"%s\"}}"
              .formatted(
                  failure.message("upstream provider"), openAiType(failure), openAiCode(failure));
    };
  }

  private static String anthropicType(Failure failure) {
    return switch (failure) {
      case INTERNAL -> "internal_error";
      case UNREACHABLE, INTERRUPTED -> "connection_error";
      case TIMED_OUT -> "timeout_error";
    };
  }

  private static String googleStatus(Failure failure) {
    return switch (failure) {
      case INTERNAL -> "INTERNAL";
      case UNREACHABLE, INTERRUPTED -> "UNAVAILABLE";
      case TIMED_OUT -> "DEADLINE_EXCEEDED";
    };
  }

  private static String openAiType(Failure failure) {
    return switch (failure) {
      case INTERNAL -> "internal_error";
      case UNREACHABLE, INTERRUPTED -> "connection_error";
      case TIMED_OUT -> "timeout_error";
    };
  }

  private static String openAiCode(Failure failure) {
    return switch (failure) {
      case INTERNAL -> "proxy_error";
      case UNREACHABLE -> "upstream_unreachable";
      case INTERRUPTED -> "upstream_interrupted";
      case TIMED_OUT -> "upstream_timeout";
    };
  }
}
