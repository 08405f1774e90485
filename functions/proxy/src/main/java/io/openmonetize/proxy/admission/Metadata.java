package io.openmonetize.proxy.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.openmonetize.proxy.request.Characters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The operator's own labels of a call: kept as text, so only its form is checked. */
final class Metadata {
  private static final int BYTES_AT_MOST = 4096;
  private static final JsonFactory FACTORY = new JsonFactory();

  private Metadata() {}

  /** Exactly one JSON object within the limit. */
  static boolean isAcceptable(String text) {
    if (!Characters.isPlain(text) || text.getBytes(StandardCharsets.UTF_8).length > BYTES_AT_MOST) {
      return false;
    }
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
