package io.openmonetize.usage.anthropic;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageLine;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.Findings;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.TokenSplit;
import io.openmonetize.usage.reading.UsageObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's {@code usage} object taken apart.
 *
 * <p>The top level covers the iterations of type {@code message}. An iteration of type {@code
 * compaction} or {@code advisor_message} is billed on top, the latter at its own model's price, so
 * each is a line of its own.
 */
final class AnthropicUsage {
  private static final List<String> SUMMED =
      List.of(
          "input_tokens",
          "output_tokens",
          "cache_read_input_tokens",
          "cache_creation_input_tokens");

  private final UsageObject usage;
  private final Findings findings;
  private final @Nullable String model;
  private final boolean splitIsStale;

  private AnthropicUsage(UsageObject usage, @Nullable String model, boolean splitIsStale) {
    this.usage = usage;
    this.findings = usage.findings();
    this.model = model;
    this.splitIsStale = splitIsStale;
  }

  /**
   * Takes the object apart; null if it says neither input nor output.
   *
   * @param model the model that worked; null when unknown
   * @param splitIsStale whether the cache writes were corrected after they were split by life span
   */
  static @Nullable Measure measure(
      JsonValue.JsonObject fields, @Nullable String model, boolean splitIsStale, String raw) {
    UsageObject usage = UsageObject.of(fields);
    return new AnthropicUsage(usage, model, splitIsStale).measure(raw);
  }

  private @Nullable Measure measure(String raw) {
    if (!usage.mentions("input_tokens") && !usage.mentions("output_tokens")) {
      return null;
    }
    for (String required : List.of("input_tokens", "output_tokens")) {
      if (!usage.says(required)) {
        findings.gap(required + " was not said");
      }
    }
    if ("redeemed".equals(usage.child("fallback_credit").text("status"))) {
      findings.guess("a fallback credit was redeemed: the provider prices this again");
    }
    PricingTerms terms =
        new PricingTerms(
            usage.text("service_tier"), usage.text("speed"), usage.text("inference_geo"));
    List<UsageLine> lines = new ArrayList<>();
    lines.add(new UsageLine(servingModel(), tokens(usage, splitIsStale), units()));
    lines.addAll(linesOnTop());
    return new Measure(lines, terms, raw, findings);
  }

  private TokenCounts tokens(UsageObject counts, boolean stale) {
    Map<TokenClass, Long> byClass = new EnumMap<>(TokenClass.class);
    byClass.put(TokenClass.INPUT, counts.count("input_tokens"));
    byClass.put(TokenClass.CACHE_READ, counts.count("cache_read_input_tokens"));
    addCacheWrites(counts, stale, byClass);
    new TokenSplit("output_tokens", counts.count("output_tokens"), findings)
        .take(TokenClass.REASONING, counts.child("output_tokens_details").count("thinking_tokens"))
        .addTo(byClass, TokenClass.OUTPUT);
    return new TokenCounts(byClass);
  }

  private void addCacheWrites(UsageObject counts, boolean stale, Map<TokenClass, Long> byClass) {
    UsageObject split = counts.child("cache_creation");
    long fiveMinutes = split.count("ephemeral_5m_input_tokens");
    long oneHour = split.count("ephemeral_1h_input_tokens");
    long total =
        counts.says("cache_creation_input_tokens")
            ? counts.count("cache_creation_input_tokens")
            : fiveMinutes + oneHour;
    if (fiveMinutes + oneHour == total) {
      byClass.put(TokenClass.CACHE_WRITE, fiveMinutes);
      byClass.put(TokenClass.CACHE_WRITE_1H, oneHour);
      return;
    }
    // No split means five minutes. A corrected total keeps the one life span that was split off.
    boolean unsplit = fiveMinutes == 0 && oneHour == 0;
    boolean corrected = stale && (fiveMinutes == 0 || oneHour == 0);
    if (!unsplit && !corrected) {
      findings.violation("cache_creation does not sum to cache_creation_input_tokens");
    }
    boolean allOneHour = corrected && oneHour > 0;
    byClass.put(allOneHour ? TokenClass.CACHE_WRITE_1H : TokenClass.CACHE_WRITE, total);
  }

  private Map<String, BigDecimal> units() {
    // Fetches are free, so they are no meter; the raw usage keeps them.
    UsageObject tools = usage.child("server_tool_use");
    Map<String, BigDecimal> units = new TreeMap<>();
    put(units, "web_searches", tools.count("web_search_requests"));
    put(units, "code_executions", tools.count("code_execution_requests"));
    return units;
  }

  private static void put(Map<String, BigDecimal> units, String name, long count) {
    if (count > 0) {
      units.put(name, BigDecimal.valueOf(count));
    }
  }

  /** The model of the top level: the one that took over where another declined. */
  private @Nullable String servingModel() {
    String serving = model;
    for (UsageObject iteration : usage.children("iterations")) {
      if ("fallback_message".equals(iteration.text("type")) && iteration.text("model") != null) {
        serving = iteration.text("model");
      }
    }
    return serving;
  }

  private List<UsageLine> linesOnTop() {
    List<UsageObject> iterations = usage.children("iterations");
    List<UsageLine> lines = new ArrayList<>();
    List<UsageObject> inside = new ArrayList<>();
    boolean fellBack = iterations.stream().anyMatch(i -> "fallback_message".equals(i.text("type")));
    for (UsageObject iteration : iterations) {
      String type = iteration.text("type");
      switch (type == null ? "" : type) {
        case "message" -> {
          if (!fellBack) {
            inside.add(iteration);
          }
        }
        case "fallback_message" -> inside.add(iteration);
        case "compaction", "advisor_message" -> lines.add(lineOnTop(iteration));
        default -> {
          findings.guess("an iteration of an unknown type is counted on top");
          lines.add(lineOnTop(iteration));
        }
      }
    }
    if (fellBack) {
      findings.guess("a fallback model served: whether the declined model is billed is not said");
    }
    if (!inside.isEmpty()) {
      checkSum(inside);
    }
    return lines;
  }

  private UsageLine lineOnTop(UsageObject iteration) {
    String own = iteration.text("model");
    if (own == null && "advisor_message".equals(iteration.text("type"))) {
      // Another model for certain, so it must not be priced as this one.
      own = "advisor";
    }
    return new UsageLine(own == null ? model : own, tokens(iteration, false));
  }

  private void checkSum(List<UsageObject> iterations) {
    for (String name : SUMMED) {
      long sum = iterations.stream().mapToLong(iteration -> iteration.count(name)).sum();
      if (sum != usage.count(name)) {
        findings.violation("iterations do not sum to " + name);
      }
    }
  }
}
