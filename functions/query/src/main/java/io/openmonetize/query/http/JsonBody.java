package io.openmonetize.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON object of a call, field by field. Fields that the route does not know are refused. */
public final class JsonBody {
  /** Ample for what these routes take. */
  private static final int BYTES_AT_MOST = 65_536;

  private final ObjectNode fields;

  private JsonBody(ObjectNode fields) {
    this.fields = fields;
  }

  /**
   * @throws Refusal when the body is not such an object. A body that is not declared to be JSON is
   *     refused as well: a form of another origin can send any text but cannot declare that
   */
  public static JsonBody read(Request request, Set<String> known) {
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The content-type must be application/json.");
    }
    if (request.body().length > BYTES_AT_MOST) {
      throw new Refusal(
          ErrorCode.PAYLOAD_TOO_LARGE, "The body is longer than " + BYTES_AT_MOST + " bytes.");
    }
    ObjectNode fields = object(request.body());
    for (var field : fields.properties()) {
      if (!known.contains(field.getKey())) {
        throw Refusal.invalid(
            "the body", "has an unknown field; known are " + String.join(", ", sorted(known)));
      }
    }
    return new JsonBody(fields);
  }

  private static ObjectNode object(byte[] body) {
    try {
      if (Json.read(body) instanceof ObjectNode fields) {
        return fields;
      }
    } catch (IOException e) {
      // Falls through to the one message for every bad body; the parser's own would repeat it.
    }
    throw Refusal.invalid("the body", "is not a JSON object");
  }

  /**
   * @param most how many characters at most
   */
  public String text(String name, int most) {
    String text = textOrNull(name, most);
    if (text == null) {
      throw Refusal.invalid(name, "is missing");
    }
    return text;
  }

  public @Nullable String textOrNull(String name, int most) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String text = value.isTextual() ? value.textValue() : "";
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > most || text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid(
          name, "must be text of 1 to " + most + " characters, none of them a control character");
    }
    return text;
  }

  /** A whole number between bounds, which must be there. */
  public int wholeNumber(String name, int least, int most) {
    JsonNode value = fields.path(name);
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      int number = value.intValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Refusal.invalid(name, "must be a whole number from " + least + " to " + most);
  }

  public @Nullable Instant instantOrNull(String name) {
    String text = textOrNull(name, 64);
    return text == null ? null : Rfc3339.read(name, text);
  }

  /** Null when the field is absent; the elements are not looked at. */
  public @Nullable List<JsonNode> arrayOrNull(String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isArray()) {
      throw Refusal.invalid(name, "must be an array");
    }
    List<JsonNode> elements = new ArrayList<>();
    value.forEach(elements::add);
    return elements;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
