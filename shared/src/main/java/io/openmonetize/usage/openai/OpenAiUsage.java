package io.openmonetize.usage.openai;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.usage.reading.InputSplit;
import io.openmonetize.usage.reading.TokenSplit;
import io.openmonetize.usage.reading.UsageObject;
import java.util.EnumMap;
import java.util.Map;

/**
 * OpenAI's token counts taken apart. The names differ by endpoint ({@code prompt_tokens} here,
 * {@code input_tokens} there, {@code input_token_details} in one), the meaning does not.
 *
 * @param inputRest the class of input of no named kind
 * @param outputRest the class of output of no named kind
 * @param embeds whether there is no output to say
 */
record OpenAiUsage(TokenClass inputRest, TokenClass outputRest, boolean embeds) {
  static final OpenAiUsage TEXT = new OpenAiUsage(TokenClass.INPUT, TokenClass.OUTPUT);
  static final OpenAiUsage EMBEDDINGS = new OpenAiUsage(TokenClass.INPUT, TokenClass.OUTPUT, true);
  static final OpenAiUsage IMAGES = new OpenAiUsage(TokenClass.INPUT, TokenClass.OUTPUT_IMAGE);

  private static final String[] INPUT = {"prompt_tokens", "input_tokens"};
  private static final String[] OUTPUT = {"completion_tokens", "output_tokens"};

  OpenAiUsage(TokenClass inputRest, TokenClass outputRest) {
    this(inputRest, outputRest, false);
  }

  /** Whether it speaks of what went in or came out, be it in numbers that are none. */
  static boolean isSaid(UsageObject usage) {
    return mentionsAny(usage, INPUT) || mentionsAny(usage, OUTPUT);
  }

  /** The counts by class. A total that is not the sum of input and output is a violation. */
  TokenCounts tokens(UsageObject usage) {
    return tokens(usage, 0);
  }

  /**
   * The counts by class.
   *
   * @param beside reasoning tokens that the total has and the output count has not
   */
  TokenCounts tokens(UsageObject usage, long beside) {
    long input = usage.countOf(INPUT);
    long output = usage.countOf(OUTPUT);
    if (usage.says("total_tokens") && usage.count("total_tokens") != input + output + beside) {
      usage.findings().violation("input and output do not sum to total_tokens");
    }
    if (!hasAny(usage, INPUT)) {
      usage.findings().gap("the input was not said");
    }
    if (!embeds && !hasAny(usage, OUTPUT) && !usage.says("total_tokens")) {
      usage.findings().gap("the output was not said");
    }
    Map<TokenClass, Long> counts = new EnumMap<>(TokenClass.class);
    addInput(usage, input, counts);
    UsageObject details = details(usage);
    new TokenSplit("output tokens", output, usage.findings())
        .take(TokenClass.REASONING, saysBeside(usage, beside) ? 0 : reasoning(usage))
        .take(TokenClass.OUTPUT_AUDIO, details.count("audio_tokens"))
        .take(TokenClass.OUTPUT_IMAGE, details.count("image_tokens"))
        .addTo(counts, details.says("image_tokens") ? TokenClass.OUTPUT : outputRest);
    counts.merge(TokenClass.REASONING, beside, Math::addExact);
    return new TokenCounts(counts);
  }

  private static UsageObject details(UsageObject usage) {
    return usage.childOf("completion_tokens_details", "output_tokens_details");
  }

  private static long reasoning(UsageObject usage) {
    UsageObject details = details(usage);
    return details.says("reasoning_tokens")
        ? details.count("reasoning_tokens")
        : usage.count("reasoning_tokens");
  }

  /** Whether the reasoning that is said is exactly what stands beside the output count. */
  static boolean saysBeside(UsageObject usage, long beside) {
    return beside > 0 && reasoning(usage) == beside;
  }

  /** The tokens by which the total exceeds input and output; 0 where no total is said. */
  static long excess(UsageObject usage) {
    return Math.max(0, usage.count("total_tokens") - usage.countOf(INPUT) - usage.countOf(OUTPUT));
  }

  private void addInput(UsageObject usage, long input, Map<TokenClass, Long> counts) {
    UsageObject details =
        usage.childOf("prompt_tokens_details", "input_tokens_details", "input_token_details");
    UsageObject cached = details.child("cached_tokens_details");
    long read =
        details.says("cached_tokens")
            ? details.count("cached_tokens")
            : usage.count("cached_tokens");
    long audio = details.count("audio_tokens");
    if (audio > 0 && read > 0 && cached.isEmpty()) {
      usage.findings().guess("which kind of input was cached is not said");
    }
    new InputSplit("the input", input, usage.findings())
        .kinds(audio, details.count("image_tokens"), 0)
        .read(read, cached.count("audio_tokens"), cached.count("image_tokens"), 0)
        .written(
            details.count("cache_write_tokens"),
            details.child("cache_write_tokens_details").count("ttl_12h_tokens"))
        .addTo(counts, details.isEmpty() ? inputRest : TokenClass.INPUT);
  }

  private static boolean mentionsAny(UsageObject usage, String[] names) {
    for (String name : names) {
      if (usage.mentions(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasAny(UsageObject usage, String[] names) {
    for (String name : names) {
      if (usage.says(name)) {
        return true;
      }
    }
    return false;
  }
}
