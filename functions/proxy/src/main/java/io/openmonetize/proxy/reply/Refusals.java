package io.openmonetize.proxy.reply;

import java.util.Map;

/**
 * Refusals that are not the provider's business. They have one form whatever the provider: callers'
 * code compares it ({@code missing_billing_headers}, {@code invalid_api_key}).
 */
public final class Refusals {
  public static final Reply MISSING_HEADERS =
      error(
          400,
          "invalid_request_error",
          "missing_billing_headers",
          "Missing required OpenMonetize headers. Required: X-OM-Customer-Id, X-OM-User-Id,"
              + " X-OM-Feature-Id, X-OM-Api-Key");

  public static final Reply INVALID_METADATA =
      error(
          400,
          "invalid_request_error",
          "invalid_metadata",
          "X-OM-Metadata must be one JSON object of at most 4096 bytes");

  public static final Reply INVALID_KEY =
      error(401, "authentication_error", "invalid_api_key", "Invalid OpenMonetize API key");

  /** The key may be good: callers should try again, and not throw it away as after a 401. */
  public static final Reply KEY_STORE_UNAVAILABLE =
      Reply.json(
          503,
          Map.of("retry-after", "1"),
          body(
              "api_error",
              "key_store_unavailable",
              "OpenMonetize API keys cannot be checked at the moment"));

  public static final Reply UNKNOWN_PATH =
      error(404, "invalid_request_error", "unknown_path", "No provider has this path");

  public static final Reply UNSAFE_PATH =
      error(
          400,
          "invalid_request_error",
          "invalid_path",
          "The path may not hold dot segments, backslashes or control characters, nor begin with"
              + " //");

  public static final Reply MALFORMED_REQUEST =
      error(
          400, "invalid_request_error", "malformed_request", "The request could not be understood");

  private Refusals() {}

  /**
   * @param header its name, never its value
   */
  public static Reply invalidHeader(String header) {
    return error(
        400,
        "invalid_request_error",
        "invalid_billing_header",
        header + " must be one value of at most 256 bytes without commas or control characters");
  }

  private static Reply error(int status, String type, String code, String message) {
    return Reply.json(status, body(type, code, message));
  }

  private static String body(String type, String code, String message) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"code\":\"%s\"}}"
        .formatted(message, type, code);
  }
}
