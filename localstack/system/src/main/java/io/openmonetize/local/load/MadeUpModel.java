package io.openmonetize.local.load;

import static java.util.Map.entry;

import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A model that is called.
 *
 * @param responseId what its answers' ids begin with
 * @param tier as its answers say it
 * @param usage its provider's usage object with places for input, cached input and output
 */
record MadeUpModel(
    Provider provider,
    String name,
    String endpoint,
    String responseId,
    @Nullable String tier,
    String usage) {
  static final List<MadeUpModel> ALL =
      List.of(
          anthropic("claude-sonnet-4-5"),
          openAi("gpt-4.1-mini"),
          gemini("gemini-2.5-flash"),
          anthropic("claude-haiku-4-5"),
          openAi("gpt-4.1"),
          anthropic("claude-opus-4-5"),
          gemini("gemini-2.5-pro"),
          openAi("gpt-5"));

  /** Models that the price book does not list. */
  private static final Map<Provider, String> UNLISTED =
      Map.ofEntries(
          entry(Provider.ANTHROPIC, "claude-haiku-9"),
          entry(Provider.OPENAI, "gpt-6.1-mini"),
          entry(Provider.GOOGLE, "gemini-9-pro"));

  MadeUpModel unlisted() {
    String other = UNLISTED.getOrDefault(provider, name);
    return new MadeUpModel(provider, other, endpoint, responseId, tier, usage);
  }

  /** Long questions and answers are rarer than short ones. */
  TokenCounts tokens(SplittableRandom random) {
    boolean cached = random.nextInt(3) == 0;
    boolean thinks = random.nextInt(5) == 0;
    boolean writes = cached && provider == Provider.ANTHROPIC;
    return new TokenCounts(
        Map.of(
            TokenClass.INPUT, 50L + random.nextInt(1 + random.nextInt(6_000)),
            TokenClass.CACHE_READ, cached ? 1_024L + random.nextInt(6_000) : 0,
            TokenClass.CACHE_WRITE, writes ? 1_024L + random.nextInt(2_000) : 0,
            TokenClass.OUTPUT, 10L + random.nextInt(1 + random.nextInt(1_500)),
            TokenClass.REASONING, thinks ? 60L + random.nextInt(800) : 0));
  }

  String raw(TokenCounts tokens) {
    return usage.formatted(
        tokens.get(TokenClass.INPUT),
        tokens.get(TokenClass.CACHE_READ),
        tokens.get(TokenClass.OUTPUT) + tokens.get(TokenClass.REASONING));
  }

  private static MadeUpModel anthropic(String name) {
    return new MadeUpModel(
        Provider.ANTHROPIC,
        name,
        "messages",
        "msg_01",
        "standard",
        "{\"input_tokens\":%d,\"cache_read_input_tokens\":%d,\"output_tokens\":%d}");
  }

  private static MadeUpModel openAi(String name) {
    return new MadeUpModel(
        Provider.OPENAI,
        name,
        "chat_completions",
        "chatcmpl-",
        "default",
        """
        {"prompt_tokens":%d,"prompt_tokens_details":{"cached_tokens":%d},"completion_tokens":%d}\
        """);
  }

  private static MadeUpModel gemini(String name) {
    return new MadeUpModel(
        Provider.GOOGLE,
        name,
        "stream_generate_content",
        "",
        null,
        "{\"promptTokenCount\":%d,\"cachedContentTokenCount\":%d,\"candidatesTokenCount\":%d}");
  }
}
