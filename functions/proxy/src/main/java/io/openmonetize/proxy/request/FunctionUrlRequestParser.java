package io.openmonetize.proxy.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event of payload format 2.0, the only one of Function URLs. Of the request context only
 * the method is taken: the caller's address stays behind.
 */
public final class FunctionUrlRequestParser {
  private static final JsonFactory FACTORY = new JsonFactory();

  private @Nullable String method;
  private @Nullable String path;
  private String query = "";
  private List<Headers.Field> headers = List.of();
  private List<String> cookies = List.of();
  private @Nullable String body;
  private boolean base64;

  private FunctionUrlRequestParser() {}

  /**
   * @throws MalformedRequestException for anything but an event of this format; never another
   *     exception, whatever the bytes
   */
  public static FunctionUrlRequest parse(byte[] event) throws MalformedRequestException {
    var request = new FunctionUrlRequestParser();
    try (JsonParser json = FACTORY.createParser(event)) {
      request.readEvent(json);
    } catch (IOException e) {
      throw new MalformedRequestException("The event is not valid JSON of the expected form");
    }
    return request.build();
  }

  private void readEvent(JsonParser json) throws IOException, MalformedRequestException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedRequestException("The event is no JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "rawPath" -> path = text(json);
        case "rawQueryString" -> query = json.hasToken(JsonToken.VALUE_NULL) ? "" : text(json);
        case "headers" -> headers = fields(json);
        case "cookies" -> cookies = texts(json);
        case "requestContext" -> readContext(json);
        case "body" -> body = json.hasToken(JsonToken.VALUE_NULL) ? null : text(json);
        case "isBase64Encoded" -> base64 = json.hasToken(JsonToken.VALUE_TRUE);
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new MalformedRequestException("The event goes on after its end");
    }
  }

  private void readContext(JsonParser json) throws IOException, MalformedRequestException {
    requireObject(json);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean http = json.currentName().equals("http");
      json.nextToken();
      if (http) {
        readHttp(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readHttp(JsonParser json) throws IOException, MalformedRequestException {
    requireObject(json);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isMethod = json.currentName().equals("method");
      json.nextToken();
      if (isMethod) {
        method = text(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private FunctionUrlRequest build() throws MalformedRequestException {
    if (method == null || !Characters.isToken(method)) {
      throw new MalformedRequestException("The event names no HTTP method");
    }
    if (path == null || !path.startsWith("/")) {
      throw new MalformedRequestException("The event has no absolute path");
    }
    List<Headers.Field> fields = headers;
    if (!cookies.isEmpty()) {
      fields = new ArrayList<>(headers);
      fields.removeIf(field -> field.name().equals("cookie"));
      fields.add(new Headers.Field("cookie", String.join("; ", cookies)));
    }
    for (Headers.Field field : fields) {
      if (!Characters.isToken(field.name()) || !Characters.isPlain(field.value())) {
        throw new MalformedRequestException("A header holds characters that HTTP does not allow");
      }
    }
    return new FunctionUrlRequest(method, path, query, new Headers(fields), bodyBytes());
  }

  private byte[] bodyBytes() throws MalformedRequestException {
    if (body == null) {
      return new byte[0];
    }
    if (!base64) {
      if (!Characters.isUnicode(body)) {
        throw new MalformedRequestException("The body is not valid Unicode text");
      }
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new MalformedRequestException("The body is not valid base64");
    }
  }

  private static List<Headers.Field> fields(JsonParser json)
      throws IOException, MalformedRequestException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return List.of();
    }
    requireObject(json);
    List<Headers.Field> fields = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName().toLowerCase(Locale.ROOT);
      json.nextToken();
      fields.add(new Headers.Field(name, text(json)));
    }
    return fields;
  }

  private static List<String> texts(JsonParser json) throws IOException, MalformedRequestException {
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      return List.of();
    }
    if (!json.hasToken(JsonToken.START_ARRAY)) {
      throw new MalformedRequestException("The event's cookies are no array");
    }
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(json));
    }
    return texts;
  }

  private static void requireObject(JsonParser json) throws MalformedRequestException {
    if (!json.hasToken(JsonToken.START_OBJECT)) {
      throw new MalformedRequestException("A part of the event is no object where it must be");
    }
  }

  private static String text(JsonParser json) throws IOException, MalformedRequestException {
    if (!json.hasToken(JsonToken.VALUE_STRING)) {
      throw new MalformedRequestException("A part of the event is no string where it must be");
    }
    return json.getText();
  }
}
