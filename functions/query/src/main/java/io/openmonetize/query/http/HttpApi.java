package io.openmonetize.query.http;

import io.openmonetize.lambda.HttpEvent;
import io.openmonetize.lambda.HttpReply;

/** API Gateway's payload, format 2.0, to and from what the routes see. */
public final class HttpApi {
  private HttpApi() {}

  /**
   * @throws Refusal when the body is not what its flag says
   */
  public static Request read(HttpEvent event) {
    String stagePath = stagePath(event.stage(), event.rawPath());
    return new Request(
        event.method(),
        event.rawPath().substring(stagePath.length()),
        stagePath,
        event.rawQuery(),
        event.headers(),
        event.cookies(),
        body(event),
        event.sourceIp(),
        event.headers().getOrDefault("host", event.domainName()),
        event.requestId());
  }

  public static HttpReply write(Answer answer) {
    return new HttpReply(
        answer.status(), answer.headers(), answer.cookies(), answer.body(), isText(answer));
  }

  /** A stage of its own name stands in front of every path; {@code $default} does not. */
  private static String stagePath(String stage, String rawPath) {
    if (stage.isEmpty() || stage.equals("$default")) {
      return "";
    }
    String stagePath = "/" + stage;
    boolean below = rawPath.equals(stagePath) || rawPath.startsWith(stagePath + "/");
    return below ? stagePath : "";
  }

  private static byte[] body(HttpEvent event) {
    try {
      return event.bytes();
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("the body", "is not the base64 that it is said to be");
    }
  }

  private static boolean isText(Answer answer) {
    if (answer.headers().containsKey("content-encoding")) {
      return false;
    }
    String type = answer.headers().getOrDefault("content-type", "text/plain");
    return type.startsWith("text/") || type.startsWith("application/json");
  }
}
