package io.openmonetize.usage;

import io.openmonetize.usage.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;

/**
 * A second, much simpler mapping from raw usage to classes, written from the providers' documents
 * and sharing nothing with the readers but the tree: what the readers say is held against it.
 */
final class SimpleMapping {
  private SimpleMapping() {}

  static Map<String, Long> of(String provider, String endpoint, JsonValue.JsonObject usage) {
    Map<String, Long> classes = new TreeMap<>();
    if (provider.equals("anthropic")) {
      anthropic(classes, usage);
      if (usage.get("iterations") instanceof JsonValue.JsonArray iterations) {
        for (JsonValue iteration : iterations.elements()) {
          if (!text(iteration, "type").equals("message")) {
            anthropic(classes, (JsonValue.JsonObject) iteration);
          }
        }
      }
    } else if (usage.members().keySet().stream().anyMatch(name -> name.endsWith("TokenCount"))) {
      gemini(classes, usage);
    } else if (usage.members().containsKey("total_input_tokens")) {
      interaction(classes, usage);
    } else {
      openAi(classes, usage, provider.equals("gemini"));
      if (endpoint.equals("images")) {
        classes.put("output_image", classes.remove("output"));
      }
    }
    classes.values().removeIf(count -> count == 0);
    return classes;
  }

  private static void anthropic(Map<String, Long> classes, JsonValue.JsonObject usage) {
    add(classes, "input", n(usage, "input_tokens"));
    add(classes, "cache_read", n(usage, "cache_read_input_tokens"));
    long hour = n(usage, "cache_creation.ephemeral_1h_input_tokens");
    add(classes, "cache_write_1h", hour);
    add(classes, "cache_write", n(usage, "cache_creation_input_tokens") - hour);
    long thinking = n(usage, "output_tokens_details.thinking_tokens");
    add(classes, "reasoning", thinking);
    add(classes, "output", n(usage, "output_tokens") - thinking);
  }

  private static void openAi(
      Map<String, Long> classes, JsonValue.JsonObject usage, boolean thinkingBeside) {
    long input = n(usage, "prompt_tokens") + n(usage, "input_tokens");
    long output = n(usage, "completion_tokens") + n(usage, "output_tokens");
    for (String details :
        new String[] {"prompt_tokens_details", "input_tokens_details", "input_token_details"}) {
      input -= move(classes, "cache_read", usage, details + ".cached_tokens");
      input -= move(classes, "cache_write", usage, details + ".cache_write_tokens");
      input -= move(classes, "input_audio", usage, details + ".audio_tokens");
      input -= move(classes, "input_image", usage, details + ".image_tokens");
    }
    for (String details : new String[] {"completion_tokens_details", "output_tokens_details"}) {
      output -= move(classes, "reasoning", usage, details + ".reasoning_tokens");
      output -= move(classes, "output_audio", usage, details + ".audio_tokens");
    }
    add(classes, "input", input);
    add(classes, "output", output);
    if (thinkingBeside) {
      long sum = n(usage, "prompt_tokens") + n(usage, "completion_tokens");
      add(classes, "reasoning", n(usage, "total_tokens") - sum);
    }
  }

  private static void gemini(Map<String, Long> classes, JsonValue.JsonObject usage) {
    long input = n(usage, "promptTokenCount") + n(usage, "toolUsePromptTokenCount");
    add(classes, "cache_read", n(usage, "cachedContentTokenCount"));
    add(classes, "input", input - n(usage, "cachedContentTokenCount"));
    add(classes, "output", n(usage, "candidatesTokenCount"));
    add(classes, "reasoning", n(usage, "thoughtsTokenCount"));
    for (String kind : new String[] {"AUDIO", "IMAGE", "VIDEO"}) {
      String name = kind.toLowerCase(java.util.Locale.ROOT);
      long cached = modality(usage, "cacheTokensDetails", kind);
      long fresh =
          modality(usage, "promptTokensDetails", kind)
              + modality(usage, "toolUsePromptTokensDetails", kind)
              - cached;
      add(classes, "cache_read_" + name, cached);
      add(classes, "cache_read", -cached);
      add(classes, "input_" + name, fresh);
      add(classes, "input", -fresh);
      long out = modality(usage, "candidatesTokensDetails", kind);
      add(classes, "output_" + name, out);
      add(classes, "output", -out);
    }
  }

  private static void interaction(Map<String, Long> classes, JsonValue.JsonObject usage) {
    long image = 0;
    if (usage.get("input_tokens_by_modality") instanceof JsonValue.JsonArray array) {
      for (JsonValue element : array.elements()) {
        image += text(element, "modality").equals("image") ? n(element, "tokens") : 0;
      }
    }
    long cached = n(usage, "total_cached_tokens");
    add(classes, "input_image", image);
    add(classes, "cache_read", cached);
    long input = n(usage, "total_input_tokens") + n(usage, "total_tool_use_tokens");
    add(classes, "input", input - image - cached);
    add(classes, "output", n(usage, "total_output_tokens"));
    add(classes, "reasoning", n(usage, "total_thought_tokens"));
  }

  private static long modality(JsonValue.JsonObject usage, String array, String kind) {
    long sum = 0;
    if (usage.get(array) instanceof JsonValue.JsonArray details) {
      for (JsonValue element : details.elements()) {
        sum += text(element, "modality").equals(kind) ? n(element, "tokenCount") : 0;
      }
    }
    return sum;
  }

  private static long move(
      Map<String, Long> classes, String name, JsonValue.JsonObject usage, String path) {
    long count = n(usage, path);
    add(classes, name, count);
    return count;
  }

  private static void add(Map<String, Long> classes, String name, long count) {
    classes.merge(name, count, Long::sum);
  }

  static long n(JsonValue value, String path) {
    JsonValue at = value;
    for (String name : path.split("\\.")) {
      at = at instanceof JsonValue.JsonObject object ? object.get(name) : JsonValue.JsonNull.NULL;
    }
    return at instanceof JsonValue.JsonNumber number ? Long.parseLong(number.digits()) : 0;
  }

  static String text(JsonValue value, String name) {
    return value instanceof JsonValue.JsonObject object
            && object.get(name) instanceof JsonValue.JsonString string
        ? string.text()
        : "";
  }
}
