package io.openmonetize.pricing;

import static io.openmonetize.pricing.PriceEvents.event;
import static io.openmonetize.pricing.PriceEvents.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A vector for each price class of the bundled book: tokens of one class, or units of one kind, and
 * the dollars that they cost by the published price, multiplied by hand.
 */
class PriceClassesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final long BIG = 1_234_567;

  /** A class, the published price per million and 1,234,567 times a millionth of it. */
  record Tokens(Provider provider, String model, TokenClass tokenClass, String price, String usd) {}

  /** A unit, its published price and what the quantity costs. */
  record Units(
      Provider provider, String model, String unit, String quantity, String price, String usd) {}

  static List<Tokens> tokens() {
    return List.of(
        new Tokens(Provider.ANTHROPIC, "claude-opus-5-5", TokenClass.INPUT, "4", "4.938268"),
        new Tokens(
            Provider.ANTHROPIC, "claude-opus-5-5", TokenClass.CACHE_READ, "0.2", "0.2469134"),
        new Tokens(Provider.ANTHROPIC, "claude-opus-5-5", TokenClass.CACHE_WRITE, "5", "6.172835"),
        new Tokens(
            Provider.ANTHROPIC, "claude-opus-5-5", TokenClass.CACHE_WRITE_1H, "8", "9.876536"),
        new Tokens(Provider.ANTHROPIC, "claude-opus-5-5", TokenClass.OUTPUT, "20", "24.69134"),
        new Tokens(Provider.ANTHROPIC, "claude-opus-5-5", TokenClass.REASONING, "20", "24.69134"),
        new Tokens(Provider.OPENAI, "gpt-image-1", TokenClass.INPUT_IMAGE, "10", "12.34567"),
        new Tokens(Provider.OPENAI, "gpt-image-1", TokenClass.CACHE_READ_IMAGE, "2.5", "3.0864175"),
        new Tokens(Provider.OPENAI, "gpt-image-1", TokenClass.OUTPUT_IMAGE, "40", "49.38268"),
        new Tokens(Provider.OPENAI, "gpt-4o-mini-tts", TokenClass.OUTPUT_AUDIO, "12", "14.814804"),
        new Tokens(Provider.OPENAI, "gpt-audio", TokenClass.INPUT_AUDIO, "32", "39.506144"),
        new Tokens(
            Provider.GOOGLE, "gemini-2.5-flash", TokenClass.CACHE_READ_AUDIO, "0.1", "0.1234567"),
        new Tokens(
            Provider.GOOGLE, "gemini-embedding-2", TokenClass.INPUT_VIDEO, "12", "14.814804"),
        new Tokens(
            Provider.GOOGLE,
            "gemini-omni-flash-preview",
            TokenClass.OUTPUT_VIDEO,
            "17.5",
            "21.6049225"),
        // Over 128,000 input tokens 0.0375; video in a cache is billed as text in a cache.
        new Tokens(
            Provider.GOOGLE,
            "gemini-1.5-flash",
            TokenClass.CACHE_READ_VIDEO,
            "0.0375",
            "0.0462962625"));
  }

  static List<Units> units() {
    return List.of(
        new Units(Provider.ANTHROPIC, "claude-opus-5", "web_searches", "7", "10 / 1,000", "0.07"),
        new Units(Provider.OPENAI, "gpt-5", "file_searches", "3", "2.50 / 1,000", "0.0075"),
        new Units(Provider.OPENAI, "whisper-1", "seconds", "61.5", "0.006 / minute", "0.00615"),
        new Units(Provider.OPENAI, "tts-1", "characters", "4096", "15 / 1M", "0.06144"),
        new Units(Provider.GOOGLE, "imagen-4.0-generate-001", "images", "3", "0.04 / 1", "0.12"));
  }

  /** OpenAI counts writes that live twelve hours, but publishes no price for them. */
  private static final Set<TokenClass> SOLD_BY_NOBODY = EnumSet.of(TokenClass.CACHE_WRITE_12H);

  private final PriceBook book = PriceBook.bundled();

  @ParameterizedTest
  @MethodSource("tokens")
  void price_tokensOfAClass_isThePublishedPriceTimesTheirNumber(Tokens vector) {
    assertThat(price(vector.provider(), vector.model(), vector.tokenClass(), PricingTerms.UNSAID))
        .isEqualTo(priced(vector.usd()));
  }

  @Test
  void tokens_all_coverEveryClass() {
    assertThat(tokens().stream().map(Tokens::tokenClass).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.complementOf(EnumSet.copyOf(SOLD_BY_NOBODY)));
  }

  @ParameterizedTest
  @MethodSource("units")
  void price_units_isThePublishedPriceTimesTheirNumber(Units vector) {
    assertThat(units(vector.provider(), vector.model(), vector.unit(), vector.quantity()))
        .isEqualTo(priced(vector.usd()));
  }

  static Stream<String[]> terms() {
    // provider, model, tier, speed, geography, price per million output, dollars for 1,234,567
    return Stream.of(
        // Opus 5 fast 50 / million; US only 25 x 1.1; both 50 x 1.1.
        new String[] {"ANTHROPIC", "claude-opus-5", "standard", "fast", "global", "61.72835"},
        new String[] {"ANTHROPIC", "claude-opus-5", "standard", null, "us", "33.9505925"},
        new String[] {"ANTHROPIC", "claude-opus-5", "standard", "fast", "us", "67.901185"},
        // Batch 12.50.
        new String[] {"ANTHROPIC", "claude-opus-5", "batch", null, null, "15.4320875"},
        // Sol in fast mode 40; 5.5 priority 75; 5 mini 3.60; 4.1 14; 4o 17; 4o mini 1; o4-mini 8.
        new String[] {"OPENAI", "gpt-5.6-sol", "priority", null, null, "49.38268"},
        new String[] {"OPENAI", "gpt-5.5", "priority", null, null, "92.592525"},
        new String[] {"OPENAI", "gpt-5-mini", "priority", null, null, "4.4444412"},
        new String[] {"OPENAI", "gpt-4.1", "priority", null, null, "17.283938"},
        new String[] {"OPENAI", "gpt-4o", "priority", null, null, "20.987639"},
        new String[] {"OPENAI", "gpt-4o-mini", "priority", null, null, "1.234567"},
        new String[] {"OPENAI", "o4-mini", "priority", null, null, "9.876536"},
        new String[] {"OPENAI", "gpt-5", "flex", null, null, "6.172835"},
        // 3.8 Flash 3.75 x 1.8.
        new String[] {"GOOGLE", "gemini-3.8-flash", "priority", null, null, "8.33332725"},
        new String[] {"GOOGLE", "gemini-2.5-flash", "batch", null, null, "1.54320875"});
  }

  @ParameterizedTest
  @MethodSource("terms")
  void price_outputUnderTerms_isThePublishedPrice(
      String provider, String model, String tier, String speed, String geography, String usd) {
    PricingTerms terms = new PricingTerms(tier, speed, geography);

    assertThat(price(Provider.valueOf(provider), model, TokenClass.OUTPUT, terms))
        .isEqualTo(priced(usd));
  }

  @Test
  void price_geminiCacheReadInABatch_isNotHalved() {
    // Cached tokens are priced as outside a batch: 0.03 / million.
    assertThat(
            price(
                Provider.GOOGLE,
                "gemini-2.5-flash",
                TokenClass.CACHE_READ,
                new PricingTerms("batch", null, null)))
        .isEqualTo(priced("0.03703701"));
  }

  @Test
  void price_termsThatArePublishedForOtherModels_isUnpriced() {
    assertThat(
            price(
                Provider.ANTHROPIC,
                "claude-opus-4-7",
                TokenClass.OUTPUT,
                new PricingTerms("standard", "fast", null)))
        .isEqualTo(unpriced("no price for speed fast of claude-opus-4-7 (output)"));
    assertThat(
            price(
                Provider.ANTHROPIC,
                "claude-sonnet-4-5",
                TokenClass.OUTPUT,
                new PricingTerms("standard", null, "us")))
        .isEqualTo(unpriced("no price for geography us of claude-sonnet-4-5 (output)"));
  }

  @Test
  void price_priorityOverItsLongestContext_isUnpriced() {
    TokenCounts tokens = TokenCounts.of(TokenClass.INPUT, 272_000);

    assertThat(
            book.price(
                event(
                    Provider.OPENAI,
                    "gpt-5.5",
                    usage(new PricingTerms("priority", null, null), new UsageLine(null, tokens)),
                    NOW)))
        .isEqualTo(unpriced("no price for service tier priority of gpt-5.5 (input)"));
  }

  @Test
  void price_unitsUnderTerms_keepTheirPrice() {
    // Fast mode and geography are of tokens: 2 searches at 10 / 1,000.
    UsageLine line =
        new UsageLine(null, TokenCounts.NONE, Map.of("web_searches", BigDecimal.valueOf(2)));
    PricingTerms terms = new PricingTerms("standard", "fast", "us");

    assertThat(book.price(event(Provider.ANTHROPIC, "claude-opus-5", usage(terms, line), NOW)))
        .isEqualTo(priced("0.02"));
  }

  @Test
  void price_unitWhosePriceACallCannotTell_saysWhy() {
    assertThat(units(Provider.GOOGLE, "gemini-2.5-flash", "grounded_prompts", "1"))
        .isEqualTo(
            unpriced(
                "no price for grounded_prompts: the first ones of a day are free to the whole"
                    + " project, and no answer says which these were"));
    assertThat(units(Provider.OPENAI, "dall-e-3", "images", "1"))
        .isEqualTo(
            unpriced(
                "no price for images: billed by size and quality, which the answer does not"
                    + " report"));
  }

  @Test
  void price_unitWithoutAPriceBesideTokensWithOne_knowsWhatTheTokensCost() {
    // Gemini 2.5 Flash: input 0.30, output 2.50 a million.
    // 1,000 x 0.3 + 100 x 2.5 = 300 + 250 = 550 millionths. Of the searches nothing is known.
    UsageLine line =
        new UsageLine(
            null,
            new TokenCounts(Map.of(TokenClass.INPUT, 1000L, TokenClass.OUTPUT, 100L)),
            Map.of("grounded_prompts", BigDecimal.ONE));

    assertThat(
            book.price(
                event(Provider.GOOGLE, "gemini-2.5-flash", usage(PricingTerms.UNSAID, line), NOW)))
        .isInstanceOfSatisfying(
            Cost.Unpriced.class,
            cost -> {
              assertThat(cost.reason()).startsWith("no price for grounded_prompts: ");
              assertThat(cost.knownUsd()).isEqualTo("0.00055");
            });
  }

  @Test
  void price_tierWithoutAPriceBesideUnitsWithOne_countsNoTokenAtTheStandardPrice() {
    // Searches keep their price under any tier: 3 at 10 / 1,000. A token of a tier without a
    // price may cost more or less than the standard one.
    UsageLine line =
        new UsageLine(
            null,
            TokenCounts.of(TokenClass.INPUT, BIG),
            Map.of("web_searches", BigDecimal.valueOf(3)));
    PricingTerms priority = new PricingTerms("priority", null, null);

    assertThat(book.price(event(Provider.ANTHROPIC, "claude-opus-5", usage(priority, line), NOW)))
        .isInstanceOfSatisfying(
            Cost.Unpriced.class, cost -> assertThat(cost.knownUsd()).isEqualTo("0.03"));
  }

  @Test
  void price_twoPartsWithoutAPrice_keepsTheFirstReason() {
    UsageLine unknown = new UsageLine("model-x", TokenCounts.of(TokenClass.INPUT, 1));
    UsageLine other = new UsageLine("model-y", TokenCounts.of(TokenClass.INPUT, 1));

    assertThat(
            book.price(
                event(
                    Provider.ANTHROPIC,
                    "claude-opus-5",
                    usage(PricingTerms.UNSAID, unknown, other),
                    NOW)))
        .isEqualTo(unpriced("no price for model model-x"));
  }

  @Test
  void explain_partsWithAndWithoutAPrice_namesEach() {
    UsageLine line =
        new UsageLine(
            null,
            TokenCounts.of(TokenClass.INPUT, 1000),
            Map.of("grounded_prompts", BigDecimal.ONE));

    PriceBreakdown breakdown =
        book.explain(
            event(Provider.GOOGLE, "gemini-2.5-flash", usage(PricingTerms.UNSAID, line), NOW));

    assertThat(breakdown.parts())
        .satisfiesExactly(
            tokens -> {
              assertThat(tokens.name()).isEqualTo("input");
              assertThat(tokens.rate())
                  .isEqualTo(
                      new PricePart.Rate.Listed(
                          new BigDecimal("0.3"),
                          new BigDecimal("1E+6"),
                          new BigDecimal("0.0003000")));
            },
            unit -> {
              assertThat(unit.name()).isEqualTo("grounded_prompts");
              assertThat(unit.rate()).isInstanceOf(PricePart.Rate.Missing.class);
            });
  }

  private Cost price(Provider provider, String model, TokenClass tokenClass, PricingTerms terms) {
    UsageLine line = new UsageLine(null, TokenCounts.of(tokenClass, BIG));
    return book.price(event(provider, model, usage(terms, line), NOW));
  }

  private Cost units(Provider provider, String model, String unit, String quantity) {
    UsageLine line = new UsageLine(null, TokenCounts.NONE, Map.of(unit, new BigDecimal(quantity)));
    return book.price(event(provider, model, usage(PricingTerms.UNSAID, line), NOW));
  }

  private Cost priced(String usd) {
    return new Cost.Priced(new BigDecimal(usd), book.version());
  }

  private Cost unpriced(String reason) {
    return new Cost.Unpriced(reason, book.version());
  }
}
