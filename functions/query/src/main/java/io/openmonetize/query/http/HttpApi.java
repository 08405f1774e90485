package io.openmonetize.query.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** API Gateway's payload, format 2.0, to and from what the routes see. */
public final class HttpApi {
  private HttpApi() {}

  /**
   * @throws Refusal when the body is not what its flag says
   */
  public static Request read(APIGatewayV2HTTPEvent event, String requestId) {
    var context = event.getRequestContext();
    var http = context.getHttp();
    Map<String, String> headers = lowerCased(event.getHeaders());
    String rawPath = orEmpty(event.getRawPath());
    String stagePath = stagePath(context.getStage(), rawPath);
    return new Request(
        orEmpty(http.getMethod()),
        rawPath.substring(stagePath.length()),
        stagePath,
        orEmpty(event.getRawQueryString()),
        headers,
        Objects.requireNonNullElse(event.getCookies(), List.of()),
        body(event),
        orEmpty(http.getSourceIp()),
        headers.getOrDefault("host", orEmpty(context.getDomainName())),
        requestId);
  }

  public static APIGatewayV2HTTPResponse write(Answer answer) {
    boolean text = isText(answer);
    byte[] body = answer.body();
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(answer.status())
        .withHeaders(answer.headers())
        .withCookies(answer.cookies())
        .withBody(
            text
                ? new String(body, StandardCharsets.UTF_8)
                : Base64.getEncoder().encodeToString(body))
        .withIsBase64Encoded(!text)
        .build();
  }

  /** A stage of its own name stands in front of every path; {@code $default} does not. */
  private static String stagePath(@Nullable String stage, String rawPath) {
    if (stage == null || stage.equals("$default")) {
      return "";
    }
    String stagePath = "/" + stage;
    boolean below = rawPath.equals(stagePath) || rawPath.startsWith(stagePath + "/");
    return below ? stagePath : "";
  }

  private static byte[] body(APIGatewayV2HTTPEvent event) {
    String body = orEmpty(event.getBody());
    if (!event.getIsBase64Encoded()) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
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

  private static Map<String, String> lowerCased(@Nullable Map<String, String> headers) {
    Map<String, String> lowerCased = new HashMap<>();
    Objects.requireNonNullElse(headers, Map.<String, String>of())
        .forEach((name, value) -> lowerCased.put(name.toLowerCase(Locale.ROOT), value));
    return lowerCased;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
