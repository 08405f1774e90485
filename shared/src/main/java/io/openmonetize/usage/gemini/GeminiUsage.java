package io.openmonetize.usage.gemini;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.Findings;
import io.openmonetize.usage.reading.InputSplit;
import io.openmonetize.usage.reading.TokenSplit;
import io.openmonetize.usage.reading.UsageObject;
import io.openmonetize.usage.reading.Wording;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Google's token counts taken apart: total = prompt + tool use + candidates + thoughts, with the
 * cached tokens inside the prompt. The interactions API says the same under other names.
 */
enum GeminiUsage {
  /** {@code usageMetadata}. */
  METADATA(
      "promptTokenCount",
      "toolUsePromptTokenCount",
      "cachedContentTokenCount",
      "candidatesTokenCount",
      new String[] {"thoughtsTokenCount"},
      "totalTokenCount",
      "tokenCount",
      // Embeddings spell theirs in the singular, but for those of Vertex.
      new String[] {"promptTokensDetails", "promptTokenDetails"},
      new String[] {"toolUsePromptTokensDetails"},
      new String[] {"cacheTokensDetails"},
      new String[] {"candidatesTokensDetails"}),
  /** The {@code usage} of an interaction. */
  INTERACTION(
      "total_input_tokens",
      "total_tool_use_tokens",
      "total_cached_tokens",
      "total_output_tokens",
      // The first version of the API had the second name.
      new String[] {"total_thought_tokens", "total_reasoning_tokens"},
      "total_tokens",
      "tokens",
      new String[] {"input_tokens_by_modality"},
      new String[] {"tool_use_tokens_by_modality"},
      new String[] {"cached_tokens_by_modality"},
      new String[] {"output_tokens_by_modality"});

  private final String prompt;
  private final String toolUse;
  private final String cached;
  private final String candidates;
  private final String[] thoughts;
  private final String total;
  private final String detailCount;
  private final String[] promptDetails;
  private final String[] toolUseDetails;
  private final String[] cachedDetails;
  private final String[] candidatesDetails;

  GeminiUsage(
      String prompt,
      String toolUse,
      String cached,
      String candidates,
      String[] thoughts,
      String total,
      String detailCount,
      String[] promptDetails,
      String[] toolUseDetails,
      String[] cachedDetails,
      String[] candidatesDetails) {
    this.prompt = prompt;
    this.toolUse = toolUse;
    this.cached = cached;
    this.candidates = candidates;
    this.thoughts = thoughts;
    this.total = total;
    this.detailCount = detailCount;
    this.promptDetails = promptDetails;
    this.toolUseDetails = toolUseDetails;
    this.cachedDetails = cachedDetails;
    this.candidatesDetails = candidatesDetails;
  }

  /** Whether any count is said: a blocked prompt may have its traffic type alone. */
  boolean isSaid(UsageObject usage) {
    return Stream.concat(Stream.of(prompt, toolUse, candidates, total), Stream.of(thoughts))
        .anyMatch(usage::mentions);
  }

  TokenCounts tokens(UsageObject usage) {
    Findings findings = usage.findings();
    checkTotal(usage);
    Map<TokenClass, Long> counts = new EnumMap<>(TokenClass.class);
    addInput(usage, counts);
    Modalities details = Modalities.of(usage, detailCount, candidatesDetails);
    long output = usage.count(candidates);
    checkDetails(details.all(), output, candidates, findings);
    new TokenSplit(candidates, output, findings)
        .take(TokenClass.OUTPUT_AUDIO, details.audio())
        .take(TokenClass.OUTPUT_IMAGE, details.image())
        .take(TokenClass.OUTPUT_VIDEO, details.video())
        .addTo(counts, TokenClass.OUTPUT);
    counts.put(TokenClass.REASONING, usage.countOf(thoughts));
    return new TokenCounts(counts);
  }

  private void addInput(UsageObject usage, Map<TokenClass, Long> counts) {
    Findings findings = usage.findings();
    Modalities ofPrompt = Modalities.of(usage, detailCount, promptDetails);
    Modalities ofTools = Modalities.of(usage, detailCount, toolUseDetails);
    Modalities ofCache = Modalities.of(usage, detailCount, cachedDetails);
    long input = usage.count(prompt);
    long read = usage.count(cached);
    checkDetails(ofPrompt.all(), input, prompt, findings);
    checkDetails(ofTools.all(), usage.count(toolUse), toolUse, findings);
    checkDetails(ofCache.all(), read, cached, findings);
    if (read > input) {
      findings.violation(cached + " exceeds " + prompt);
    }
    if (read > 0 && ofCache.all() == 0 && !ofPrompt.isAllText()) {
      findings.guess("which kind of input was cached is not said");
    }
    Modalities kinds = ofPrompt.plus(ofTools);
    new InputSplit(prompt, input + usage.count(toolUse), findings)
        .kinds(kinds.audio(), kinds.image(), kinds.video())
        .read(read, ofCache.audio(), ofCache.image(), ofCache.video())
        .addTo(counts, TokenClass.INPUT);
  }

  private void checkTotal(UsageObject usage) {
    if (!usage.says(prompt)) {
      usage.findings().gap(prompt + " was not said");
      return;
    }
    long sum =
        Stream.of(prompt, toolUse, candidates).mapToLong(usage::count).sum()
            + usage.countOf(thoughts);
    if (usage.says(total) && usage.count(total) != sum) {
      usage.findings().violation("the parts do not sum to " + total);
    }
  }

  private static void checkDetails(long details, long count, String name, Findings findings) {
    if (details > count) {
      findings.violation("details exceed " + name);
    }
  }

  /** The tier in the provider's words; null where it is not said. */
  static @Nullable String tier(UsageObject usage) {
    String tier = usage.text("serviceTier");
    if (tier != null) {
      return tier;
    }
    return usage.fields().get("trafficType") instanceof JsonValue.JsonNumber number
        ? trafficType(number.digits())
        : usage.text("trafficType");
  }

  /** The names of the numbers in Vertex's protocol; a number without one stays, and unpriced. */
  private static @Nullable String trafficType(String number) {
    return switch (number) {
      case "0" -> "TRAFFIC_TYPE_UNSPECIFIED";
      case "1" -> "ON_DEMAND";
      case "2" -> "PROVISIONED_THROUGHPUT";
      case "3" -> "ON_DEMAND_PRIORITY";
      case "4" -> "ON_DEMAND_FLEX";
      default -> Wording.name(number);
    };
  }
}
