package io.openmonetize.pricing;

import static io.openmonetize.pricing.PriceEvents.event;
import static io.openmonetize.pricing.PriceEvents.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageLine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every expected cost is worked out by hand in the comment beside it, from the published price. */
class PriceBookTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final PriceBook book = PriceBook.bundled();

  @Test
  void price_anthropicWithAllCacheClasses_addsEachAtItsOwnPrice() {
    // Claude Sonnet 4.5, dollars per million: input 3, cache read 0.30, 5 m write 3.75, 1 h write
    // 6,
    // output 15; thinking is billed as output.
    // 1,000 x 3 + 2,000 x 0.3 + 300 x 3.75 + 40 x 6 + 500 x 15 + 70 x 15
    //   = 3,000 + 600 + 1,125 + 240 + 7,500 + 1,050 = 13,515 millionths.
    TokenCounts tokens =
        new TokenCounts(
            Map.of(
                TokenClass.INPUT, 1000L,
                TokenClass.CACHE_READ, 2000L,
                TokenClass.CACHE_WRITE, 300L,
                TokenClass.CACHE_WRITE_1H, 40L,
                TokenClass.OUTPUT, 500L,
                TokenClass.REASONING, 70L));

    assertThat(price(Provider.ANTHROPIC, "claude-sonnet-4-5-20250929", tokens))
        .isEqualTo(priced("0.013515"));
  }

  @Test
  void price_modelWithDateSuffix_isThatModel() {
    // GPT-4o mini: input 0.15. 1 token = 0.00000015 dollars.
    assertThat(
            price(Provider.OPENAI, "gpt-4o-mini-2024-07-18", TokenCounts.of(TokenClass.INPUT, 1)))
        .isEqualTo(priced("0.00000015"));
  }

  @Test
  void price_modelWithUnknownSuffix_isUnpriced() {
    assertThat(price(Provider.ANTHROPIC, "claude-sonnet-5-9", TokenCounts.of(TokenClass.INPUT, 1)))
        .isEqualTo(unpriced("no price for model claude-sonnet-5-9"));
  }

  @Test
  void price_inputAtTheLongContextLimit_isStillTheBasePrice() {
    // Sonnet 4.5 up to 200,000 input tokens: 3 dollars a million.
    assertThat(
            price(
                Provider.ANTHROPIC, "claude-sonnet-4-5", TokenCounts.of(TokenClass.INPUT, 200_000)))
        .isEqualTo(priced("0.6"));
  }

  @Test
  void price_inputOverTheLongContextLimit_pricesTheWholeCallHigher() {
    // 150,000 input + 50,001 cache reads > 200,000: input 6, cache read 0.60, output 22.5.
    // 150,000 x 6 + 50,001 x 0.6 + 10 x 22.5 = 900,000 + 30,000.6 + 225 = 930,225.6 millionths.
    TokenCounts tokens =
        new TokenCounts(
            Map.of(
                TokenClass.INPUT,
                150_000L,
                TokenClass.CACHE_READ,
                50_001L,
                TokenClass.OUTPUT,
                10L));

    assertThat(price(Provider.ANTHROPIC, "claude-sonnet-4-5", tokens))
        .isEqualTo(priced("0.9302256"));
  }

  @Test
  void price_beforeAndAfterAPriceChange_takesThePriceOfTheDay() {
    // o3: 10 dollars a million until 2025-06-10, 2 dollars from then on.
    TokenCounts tokens = TokenCounts.of(TokenClass.INPUT, 1_000_000);

    assertThat(
            book.price(
                event(Provider.OPENAI, "o3", tokens, Instant.parse("2025-06-09T23:59:59.999Z"))))
        .isEqualTo(priced("10"));
    assertThat(
            book.price(event(Provider.OPENAI, "o3", tokens, Instant.parse("2025-06-10T00:00:00Z"))))
        .isEqualTo(priced("2"));
  }

  @Test
  void price_geminiThinking_isBilledAsOutput() {
    // Gemini 2.5 Flash: input 0.30, output 2.50. 100 x 0.3 + 20 x 2.5 + 80 x 2.5 = 280 millionths.
    TokenCounts tokens =
        new TokenCounts(
            Map.of(TokenClass.INPUT, 100L, TokenClass.OUTPUT, 20L, TokenClass.REASONING, 80L));

    assertThat(price(Provider.GOOGLE, "gemini-2.5-flash", tokens)).isEqualTo(priced("0.00028"));
  }

  @Test
  void price_batchTier_isHalf() {
    // Sonnet 4.5 output 15, half of it: 7.5 x 1,000 = 7,500 millionths.
    Usage usage =
        usage(
            new PricingTerms("batch", null, null),
            new UsageLine(null, TokenCounts.of(TokenClass.OUTPUT, 1000)));

    assertThat(book.price(event(Provider.ANTHROPIC, "claude-sonnet-4-5", usage, NOW)))
        .isEqualTo(priced("0.0075"));
  }

  @Test
  void price_tierWithoutAPrice_isUnpriced() {
    Usage usage =
        usage(
            new PricingTerms("priority", null, null),
            new UsageLine(null, TokenCounts.of(TokenClass.OUTPUT, 1)));

    assertThat(book.price(event(Provider.ANTHROPIC, "claude-sonnet-4-5", usage, NOW)))
        .isEqualTo(unpriced("no price for service tier priority: bought in advance by contract"));
  }

  @Test
  void price_webSearches_areAddedPerThousand() {
    // 10 dollars per 1,000 searches: 3 searches = 0.03. Plus 1,000 output tokens at 15: 0.015.
    Usage usage =
        usage(
            PricingTerms.UNSAID,
            new UsageLine(
                null,
                TokenCounts.of(TokenClass.OUTPUT, 1000),
                Map.of("web_searches", BigDecimal.valueOf(3))));

    assertThat(book.price(event(Provider.ANTHROPIC, "claude-sonnet-4-5", usage, NOW)))
        .isEqualTo(priced("0.045"));
  }

  @Test
  void price_transcriptionSeconds_areExact() {
    // Whisper: 0.006 dollars a minute, the book's 0.36 an hour. 90.5 s x 0.0001 = 0.00905.
    Usage usage =
        usage(
            PricingTerms.UNSAID,
            new UsageLine(null, TokenCounts.NONE, Map.of("seconds", new BigDecimal("90.5"))));

    assertThat(book.price(event(Provider.OPENAI, "whisper-1", usage, NOW)))
        .isEqualTo(priced("0.00905"));
  }

  @Test
  void price_lineOfAnotherModel_takesThatModelsPrice() {
    // Haiku 4.5 output 5, Opus 4.5 output 25: 100 x 5 + 10 x 25 = 750 millionths.
    Usage usage =
        usage(
            PricingTerms.UNSAID,
            new UsageLine(null, TokenCounts.of(TokenClass.OUTPUT, 100)),
            new UsageLine("claude-opus-4-5", TokenCounts.of(TokenClass.OUTPUT, 10)));

    assertThat(book.price(event(Provider.ANTHROPIC, "claude-haiku-4-5", usage, NOW)))
        .isEqualTo(priced("0.00075"));
  }

  @Test
  void price_oneLineWithoutAPrice_leavesTheWholeUnpricedAndKnowsTheOther() {
    // Claude Haiku 4.5: output 5 a million. 100 x 5 = 500 millionths.
    Usage usage =
        usage(
            PricingTerms.UNSAID,
            new UsageLine(null, TokenCounts.of(TokenClass.OUTPUT, 100)),
            new UsageLine("claude-of-tomorrow", TokenCounts.of(TokenClass.OUTPUT, 10)));

    assertThat(book.price(event(Provider.ANTHROPIC, "claude-haiku-4-5", usage, NOW)))
        .isEqualTo(
            new Cost.Unpriced(
                "no price for model claude-of-tomorrow", book.version(), new BigDecimal("0.0005")));
  }

  @Test
  void price_classWithoutAPrice_isUnpriced() {
    assertThat(price(Provider.OPENAI, "gpt-4o", TokenCounts.of(TokenClass.OUTPUT_AUDIO, 5)))
        .isEqualTo(unpriced("no price for output_audio"));
  }

  @Test
  void price_nothingBillable_isZeroAndPriced() {
    assertThat(book.price(event(Provider.OPENAI, "anything", Usage.none("a list"), NOW)))
        .isEqualTo(priced("0"));
  }

  @Test
  void price_missingUsage_isUnpriced() {
    assertThat(book.price(event(Provider.OPENAI, "gpt-4o", Usage.missing("cut off"), NOW)))
        .isEqualTo(unpriced("what was used is not known"));
  }

  @Test
  void price_hugeCounts_stayExact() {
    // 9,007,199,254,740,993 is the first whole number that a double cannot hold; at 0.15 a million:
    // 1,351,079,888.21114895.
    assertThat(
            price(
                Provider.OPENAI,
                "gpt-4o-mini",
                TokenCounts.of(TokenClass.INPUT, 9_007_199_254_740_993L)))
        .isEqualTo(priced("1351079888.21114895"));
  }

  @Test
  void read_priceAsJsonNumber_isRefused() {
    byte[] bookFile =
        utf8(
            """
            {"providers":{"OPENAI":[{"names":["m"],
             "periods":[{"per_million_tokens":{"input":0.1}}]}]}}\
            """);

    assertThatThrownBy(() -> PriceBookFiles.read(bookFile, utf8("{\"version\":\"v\"}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("decimal in a string");
  }

  @Test
  void version_namesTheDayAndTheContents() {
    byte[] bookFile = utf8("{\"providers\":{}}");

    assertThat(PriceBookFiles.read(bookFile, utf8("{\"version\":\"2026-01-01\"}")).version())
        .matches("2026-01-01-[0-9a-f]{8}")
        .isNotEqualTo(
            PriceBookFiles.read(utf8("{ \"providers\":{}}"), utf8("{\"version\":\"2026-01-01\"}"))
                .version());
  }

  private Cost price(Provider provider, String model, TokenCounts tokens) {
    return book.price(event(provider, model, tokens, NOW));
  }

  private Cost priced(String usd) {
    return new Cost.Priced(new BigDecimal(usd), book.version());
  }

  private Cost unpriced(String reason) {
    return new Cost.Unpriced(reason, book.version());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
