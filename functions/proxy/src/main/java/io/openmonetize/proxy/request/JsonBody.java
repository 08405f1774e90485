package io.openmonetize.proxy.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The few top-level members of a JSON request that the proxy must know, and where a stream's usage
 * could be asked for. A body that is no JSON, or breaks off, gives what was found before.
 */
final class JsonBody {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String INCLUDE_USAGE = "\"include_usage\":true";

  private final byte[] body;
  private @Nullable String model;
  private @Nullable Long inputCharacters;
  private boolean stream;
  private int streamMembers;
  private int optionMembers;
  private int includeUsageMembers;
  private boolean whole;

  /** What asking for usage would put where: nothing if it is asked for, or cannot be. */
  private @Nullable Change change;

  private record Change(int from, int to, String text) {}

  private JsonBody(byte[] body) {
    this.body = body;
  }

  static JsonBody read(byte[] body) {
    JsonBody read = new JsonBody(body);
    try (JsonParser json = FACTORY.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        read.readMembers(json);
      }
    } catch (IOException e) {
      // Not for the proxy to judge: the provider gets the body as it is and says what it thinks.
      read.whole = false;
    }
    return read;
  }

  @Nullable String model() {
    return model;
  }

  boolean stream() {
    return stream;
  }

  /** Whether the body was one object and was read to its end. */
  boolean whole() {
    return whole;
  }

  /** Unicode code points of {@code input}, where that is a string. */
  @Nullable Long inputCharacters() {
    return inputCharacters;
  }

  /**
   * The body with {@code stream_options.include_usage} set and every other byte as it was. Empty
   * where no stream is asked for, where usage is asked for already, and where the body leaves two
   * readers room to disagree: repeated members, other encodings than UTF-8.
   */
  Optional<byte[]> withUsageIncluded() {
    boolean clear = whole && stream && streamMembers == 1 && optionMembers <= 1;
    if (!clear || includeUsageMembers > 1 || !startsAsUtf8Object()) {
      return Optional.empty();
    }
    Change asked = optionMembers == 0 ? prepended() : change;
    return Optional.ofNullable(asked).map(this::apply);
  }

  private void readMembers(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "model" -> model = json.hasToken(JsonToken.VALUE_STRING) ? json.getText() : null;
        case "stream" -> {
          stream = json.hasToken(JsonToken.VALUE_TRUE);
          streamMembers++;
        }
        case "input" -> inputCharacters = codePoints(json);
        case "stream_options" -> {
          optionMembers++;
          readOptions(json);
        }
        default -> {}
      }
      json.skipChildren();
    }
    whole = json.nextToken() == null;
  }

  private void readOptions(JsonParser json) throws IOException {
    int start = offset(json);
    if (json.hasToken(JsonToken.VALUE_NULL)) {
      change = new Change(start, start + "null".length(), "{" + INCLUDE_USAGE + "}");
      return;
    }
    if (!json.hasToken(JsonToken.START_OBJECT)) {
      return;
    }
    boolean empty = true;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      empty = false;
      boolean usage = json.currentName().equals("include_usage");
      json.nextToken();
      if (usage) {
        includeUsageMembers++;
        int at = offset(json);
        change =
            json.hasToken(JsonToken.VALUE_FALSE)
                ? new Change(at, at + "false".length(), "true")
                : null;
      }
      json.skipChildren();
    }
    if (includeUsageMembers == 0) {
      change = new Change(start + 1, start + 1, INCLUDE_USAGE + (empty ? "" : ","));
    }
  }

  private Change prepended() {
    int inside = indexOfBrace() + 1;
    return new Change(inside, inside, "\"stream_options\":{" + INCLUDE_USAGE + "},");
  }

  private byte[] apply(Change asked) {
    byte[] text = asked.text.getBytes(StandardCharsets.US_ASCII);
    byte[] changed = new byte[asked.from + text.length + body.length - asked.to];
    System.arraycopy(body, 0, changed, 0, asked.from);
    System.arraycopy(text, 0, changed, asked.from, text.length);
    System.arraycopy(body, asked.to, changed, asked.from + text.length, body.length - asked.to);
    return changed;
  }

  /** The parser takes UTF-16 and a byte order mark too, but then its offsets are not the body's. */
  private boolean startsAsUtf8Object() {
    int brace = indexOfBrace();
    return brace >= 0 && brace + 1 < body.length && body[brace + 1] != 0;
  }

  private int indexOfBrace() {
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '{') {
        return i;
      }
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r' && body[i] != '\n') {
        return -1;
      }
    }
    return -1;
  }

  private static @Nullable Long codePoints(JsonParser json) throws IOException {
    if (!json.hasToken(JsonToken.VALUE_STRING)) {
      return null;
    }
    String text = json.getText();
    return (long) text.codePointCount(0, text.length());
  }

  private static int offset(JsonParser json) {
    return Math.toIntExact(json.currentTokenLocation().getByteOffset());
  }
}
