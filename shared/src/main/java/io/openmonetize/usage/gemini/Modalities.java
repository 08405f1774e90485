package io.openmonetize.usage.gemini;

import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.UsageObject;
import java.util.Locale;

/**
 * Tokens by modality. Documents are priced as text, and counts of no known modality are left to the
 * remainder, which is text too.
 */
record Modalities(long audio, long image, long video, long all) {

  /** Adds up the details of an array; the first of the names under which there is one. */
  static Modalities of(UsageObject usage, String countName, String... arrays) {
    for (String name : arrays) {
      if (!usage.children(name).isEmpty()) {
        return sum(usage, name, countName);
      }
    }
    return new Modalities(0, 0, 0, 0);
  }

  Modalities plus(Modalities other) {
    return new Modalities(
        audio + other.audio, image + other.image, video + other.video, all + other.all);
  }

  boolean isAllText() {
    return audio + image + video == 0;
  }

  private static Modalities sum(UsageObject usage, String array, String countName) {
    Modalities sum = new Modalities(0, 0, 0, 0);
    for (UsageObject detail : usage.children(array)) {
      sum = sum.plus(one(name(detail.fields().get("modality")), detail.count(countName)));
    }
    return sum;
  }

  private static Modalities one(String modality, long count) {
    return switch (modality) {
      case "AUDIO" -> new Modalities(count, 0, 0, count);
      case "IMAGE" -> new Modalities(0, count, 0, count);
      case "VIDEO" -> new Modalities(0, 0, count, count);
      default -> new Modalities(0, 0, 0, count);
    };
  }

  /** With {@code $alt=json;enum-encoding=int} the names come as their numbers in the protocol. */
  private static String name(JsonValue modality) {
    return switch (modality) {
      case JsonValue.JsonString string -> string.text().toUpperCase(Locale.ROOT);
      case JsonValue.JsonNumber number ->
          switch (number.digits()) {
            case "2" -> "IMAGE";
            case "3" -> "VIDEO";
            case "4" -> "AUDIO";
            default -> "TEXT";
          };
      case JsonValue.JsonObject _,
          JsonValue.JsonArray _,
          JsonValue.JsonBoolean _,
          JsonValue.JsonNull _ ->
          "TEXT";
    };
  }
}
