package io.openmonetize.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A function's answer in payload format 2.0: the JSON object of a buffered response, and, less the
 * body, the prelude of a streamed one.
 */
record HttpAnswer(int status, Headers headers, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A function's answer that no front door can make a response of. */
  static final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
      super(message);
    }
  }

  /**
   * @throws MalformedAnswerException also where the platform answers for a function that says too
   *     much, such as an {@code x-amzn-remapped-} header
   */
  static HttpAnswer read(byte[] json) throws MalformedAnswerException {
    JsonNode answer = parse(json);
    if (!answer.path("statusCode").canConvertToInt()) {
      // Inferred, as AWS does: the whole payload is the body of a 200.
      return new HttpAnswer(200, Headers.of("Content-Type", "application/json"), json);
    }
    int status = answer.path("statusCode").asInt();
    if (status < 200 || status > 599) {
      throw new MalformedAnswerException("a status code that is none");
    }
    List<Headers.Field> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
      fields.add(field(header.getKey(), header.getValue()));
    }
    for (JsonNode cookie : answer.path("cookies")) {
      fields.add(new Headers.Field("Set-Cookie", cookie.asText()));
    }
    Headers headers = new Headers(fields);
    if (!headers.contains("content-type")) {
      headers = headers.with("Content-Type", "application/json");
    }
    return new HttpAnswer(status, headers, body(answer));
  }

  private static JsonNode parse(byte[] json) throws MalformedAnswerException {
    try {
      JsonNode answer = JSON.readTree(json);
      if (answer != null) {
        return answer;
      }
    } catch (IOException e) {
      // Falls through to the one message for every bad answer.
    }
    throw new MalformedAnswerException("an answer that is no JSON");
  }

  private static Headers.Field field(String name, JsonNode value) throws MalformedAnswerException {
    if (RemappedHeaders.isRemapped(name)) {
      throw new MalformedAnswerException("a header that only the front door may set");
    }
    return new Headers.Field(RemappedHeaders.remap(name), value.asText());
  }

  private static byte[] body(JsonNode answer) throws MalformedAnswerException {
    String body = answer.path("body").asText("");
    if (!answer.path("isBase64Encoded").asBoolean()) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new MalformedAnswerException("a body that is not base64");
    }
  }
}
