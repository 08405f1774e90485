package io.openmonetize.usage.openai;

import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageLine;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.AnswerState;
import io.openmonetize.usage.reading.ErrorFields;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.UsageObject;
import io.openmonetize.usage.reading.Wording;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The response object of the Responses API, at the top of a document or inside an event.
 *
 * <p>Beside {@code usage} stands {@code tool_usage}, which is not in it: the tokens of the image
 * tool, a line of its own, and searches that are billed each. Older responses have none; there the
 * searches are counted from the output, and the image tool's tokens are not known.
 */
final class ResponseObject {
  private static final String[] MEMBERS = {
    "id",
    "model",
    "status",
    "service_tier",
    "usage",
    "tool_usage",
    "output.*.type",
    "output.*.action.type",
    "output.*.environment.type",
    "tools.*.type",
    "tools.*.model"
  };

  /** With these the price page has 8,000 input tokens billed for what each search finds. */
  private static final Pattern BLOCK_PRICED =
      Pattern.compile("^(gpt-4o-mini|gpt-4\\.1-mini)(-[0-9-]+)?$");

  private final int id;
  private final int model;
  private final int status;
  private final int serviceTier;
  private final int usage;
  private final int toolUsage;
  private final int outputTypes;
  private final int outputActions;
  private final int outputEnvironments;
  private final int toolTypes;
  private final int toolModels;
  private final ErrorFields error;

  ResponseObject(JsonPaths paths, String prefix) {
    id = paths.slot(prefix + "id");
    model = paths.slot(prefix + "model");
    status = paths.slot(prefix + "status");
    serviceTier = paths.slot(prefix + "service_tier");
    usage = paths.slot(prefix + "usage");
    toolUsage = paths.slot(prefix + "tool_usage");
    outputActions = paths.slot(prefix + "output.*.action.type");
    outputTypes = paths.slot(prefix + "output.*.type");
    outputEnvironments = paths.slot(prefix + "output.*.environment.type");
    toolTypes = paths.slot(prefix + "tools.*.type");
    toolModels = paths.slot(prefix + "tools.*.model");
    error = new ErrorFields(paths, prefix);
  }

  /** The paths of both places, and those of an error event. */
  static JsonPaths paths() {
    List<String> paths = new ArrayList<>(List.of("type", "code"));
    paths.addAll(members(""));
    paths.addAll(members("response."));
    return JsonPaths.of(paths.toArray(new String[0]));
  }

  /** The paths of a response object at some place. */
  static List<String> members(String prefix) {
    return Stream.concat(Stream.of(MEMBERS), ErrorFields.PATHS.stream())
        .map(prefix::concat)
        .toList();
  }

  void identify(DocumentValues values, AnswerState state) {
    state.identify(values, model, id);
  }

  @Nullable String status(DocumentValues values) {
    return values.text(status);
  }

  @Nullable String errorType(DocumentValues values) {
    if (!error.isIn(values)) {
      return null;
    }
    String type = error.typeIn(values);
    return type == null ? "unrecognised" : type;
  }

  boolean hasInvalidUsage(DocumentValues values) {
    return values.isObject(usage) && values.object(usage).isEmpty();
  }

  /** What the response used; null where it does not say. */
  @Nullable Measure measure(DocumentValues values, AnswerState state) {
    return measure(values, state, OpenAiUsage.TEXT);
  }

  /**
   * The same of an answer of another API, whose few members are among these.
   *
   * @param kind what its tokens are where their details do not say
   */
  @Nullable Measure measure(DocumentValues values, AnswerState state, OpenAiUsage kind) {
    if (!values.isObject(usage)) {
      return null;
    }
    UsageObject said = object(values, usage);
    if (!OpenAiUsage.isSaid(said)) {
      return null;
    }
    TokenCounts tokens = kind.tokens(said);
    List<UsageLine> lines = new ArrayList<>();
    UsageObject tools = object(values, toolUsage);
    String working = state.workingModel();
    lines.add(new UsageLine(working, tokens, units(values, tools, said, working)));
    UsageObject images = tools.child("image_gen");
    if (OpenAiUsage.isSaid(images)) {
      TokenCounts imageTokens = OpenAiUsage.IMAGES.tokens(images);
      if (!imageTokens.isEmpty()) {
        lines.add(new UsageLine(imageModel(values), imageTokens));
      }
    }
    said.findings().addAll(tools.findings());
    boolean toolsUsed = lines.size() > 1 || tools.child("web_search").count("num_requests") > 0;
    String raw =
        toolsUsed
            ? "{\"usage\":" + values.raw(usage) + ",\"tool_usage\":" + values.raw(toolUsage) + "}"
            : values.raw(usage);
    return new Measure(lines, AnswerState.tier(values.text(serviceTier)), raw, said.findings());
  }

  private Map<String, BigDecimal> units(
      DocumentValues values, UsageObject tools, UsageObject said, @Nullable String working) {
    Map<String, BigDecimal> units = new TreeMap<>();
    List<JsonValue> types = values.all(outputTypes).elements();
    put(units, "file_searches", count(types, "file_search_call"));
    put(units, "code_interpreter_calls", count(types, "code_interpreter_call"));
    put(units, "shell_calls", hostedShells(values));
    long searches = searches(values, tools, said);
    boolean preview = isPreviewSearch(values);
    put(units, preview ? "preview_searches" : "web_searches", searches);
    if (searches > 0 && !preview && working != null && BLOCK_PRICED.matcher(working).find()) {
      said.findings().guess("what a search finds is billed as a block, which usage may not have");
    }
    if (!tools.mentions("image_gen") && count(types, "image_generation_call") > 0) {
      said.findings().gap("the image tool's tokens were not said");
    }
    return units;
  }

  private long searches(DocumentValues values, UsageObject tools, UsageObject said) {
    if (tools.mentions("web_search")) {
      return tools.child("web_search").count("num_requests");
    }
    long searches =
        count(values.all(outputTypes).elements(), "web_search_call") - notSearching(values);
    if (searches > 0) {
      said.findings().guess("searches are counted from the output");
    }
    return Math.max(0, searches);
  }

  /** Whether the search tool was the older one, which has a price of its own. */
  private boolean isPreviewSearch(DocumentValues values) {
    boolean preview = false;
    for (JsonValue element : values.all(toolTypes).elements()) {
      if (element instanceof JsonValue.JsonString type) {
        boolean older = type.text().startsWith("web_search_preview");
        if (!older && type.text().startsWith("web_search")) {
          return false;
        }
        preview |= older;
      }
    }
    return preview;
  }

  /** Shell calls that ran in a container of the provider's; the caller's own machine is free. */
  private long hostedShells(DocumentValues values) {
    List<JsonValue> environments = values.all(outputEnvironments).elements();
    return count(environments, "container_reference") + count(environments, "container_auto");
  }

  /** Calls of the search tool that only open or look through a page, which is free. */
  private long notSearching(DocumentValues values) {
    List<JsonValue> actions = values.all(outputActions).elements();
    return count(actions, "open_page") + count(actions, "find_in_page") + count(actions, "find");
  }

  /**
   * The image tool names its model among the tools, if at all, where no other tool has one. Without
   * it the tool's own name stands in, since the response's model is another.
   */
  private String imageModel(DocumentValues values) {
    String last = "image_generation";
    for (JsonValue element : values.all(toolModels).elements()) {
      if (element instanceof JsonValue.JsonString name) {
        String said = Wording.name(name.text());
        last = said == null ? last : said;
      }
    }
    return last;
  }

  private static long count(List<JsonValue> types, String type) {
    return types.stream().filter(new JsonValue.JsonString(type)::equals).count();
  }

  private static void put(Map<String, BigDecimal> units, String name, long count) {
    if (count > 0) {
      units.put(name, BigDecimal.valueOf(count));
    }
  }

  private static UsageObject object(DocumentValues values, int slot) {
    return UsageObject.of(values.object(slot).orElse(JsonValue.JsonObject.EMPTY));
  }
}
