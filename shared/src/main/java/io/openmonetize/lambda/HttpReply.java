package io.openmonetize.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What an API Gateway HTTP API is told to answer, payload format 2.0.
 *
 * @param headers one value a name
 * @param cookies whole {@code Set-Cookie} values
 * @param text whether the body is UTF-8; other bytes travel as base64
 */
public record HttpReply(
    int status, Map<String, String> headers, List<String> cookies, byte[] body, boolean text) {
  private static final int ENVELOPE_BYTES = 1024;

  public HttpReply {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  /** The payload. */
  public byte[] toJson() {
    ByteArrayOutputStream payload =
        new ByteArrayOutputStream(body.length + body.length / 3 + ENVELOPE_BYTES);
    try (JsonGenerator json = EventJson.FACTORY.createGenerator(payload)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("cookies");
      for (String cookie : cookies) {
        json.writeString(cookie);
      }
      json.writeEndArray();
      json.writeFieldName("body");
      if (text) {
        json.writeUTF8String(body, 0, body.length);
      } else {
        json.writeBinary(body);
      }
      json.writeBooleanField("isBase64Encoded", !text);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be written", e);
    }
    return payload.toByteArray();
  }
}
