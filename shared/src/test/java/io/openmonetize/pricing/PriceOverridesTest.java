package io.openmonetize.pricing;

import static io.openmonetize.pricing.PriceEvents.event;
import static io.openmonetize.pricing.PriceEvents.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator's own prices over the bundled ones. */
class PriceOverridesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir Path folder;

  @Test
  void of_noFileNamed_isTheBundledBook() {
    assertThat(PriceBook.of(new Environment(Map.of())).version())
        .isEqualTo(PriceBook.bundled().version());
  }

  @Test
  void price_modelOfTheOperator_takesTheOperatorsPrice() throws IOException {
    PriceBook book =
        book(
            """
            {"providers": {"OPENAI": [
              {"names": ["gpt-4o"], "periods": [{"per_million_tokens": {"input": "2"}}]},
              {"names": ["our-tune"], "periods": [{"per_million_tokens": {"input": "7"}}]}]}}\
            """);

    assertThat(cost(book, "gpt-4o", null)).isEqualTo("2");
    assertThat(cost(book, "our-tune-2026-01-01", null)).isEqualTo("7");
    assertThat(cost(book, "gpt-4o-mini", null)).isEqualTo("0.15");
  }

  @Test
  void price_modelOfTheOperatorInATier_keepsTheTiersFactor() throws IOException {
    PriceBook book =
        book(
            """
            {"providers": {"OPENAI": [
              {"names": ["gpt-4o"], "periods": [{"per_million_tokens": {"input": "2"}}]}]}}\
            """);

    // 2 x 1.7, the factor of the bundled overlay for priority.
    assertThat(cost(book, "gpt-4o", "priority")).isEqualTo("3.4");
  }

  @Test
  void price_termOfTheOperator_comesBeforeTheBundledOne() throws IOException {
    PriceBook book =
        book(
            """
            {"terms": [
              {"provider": "OPENAI", "service_tier": ["priority"], "times": "3"},
              {"provider": "OPENAI", "service_tier": ["scale"], "times": "1"}]}\
            """);

    assertThat(cost(book, "gpt-4o", "priority")).isEqualTo("7.5");
    assertThat(cost(book, "gpt-4o", "scale")).isEqualTo("2.5");
  }

  @Test
  void price_unitWithoutModels_isForThoseThatListNone() throws IOException {
    PriceBook book =
        book(
            """
            {"additions": [{"provider": "OPENAI", "units": {"web_searches": {"usd": "4", "per": "1"}}}]}\
            """);

    assertThat(searches(book, "o3-pro")).isEqualTo("4");
    // The generated book lists this model's own price: 10 per 1,000.
    assertThat(searches(book, "gpt-4o")).isEqualTo("0.01");
  }

  @Test
  void of_tokensPricedWithoutModels_stopsTheStart() {
    assertThatThrownBy(
            () ->
                book(
                    "{\"additions\": [{\"provider\": \"OPENAI\","
                        + " \"per_million_tokens\": {\"input\": \"1\"}}]}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("only units have a price without models");
  }

  @Test
  void version_withAFile_namesTheFilesVersionAndContents() throws IOException {
    String bundled = PriceBook.bundled().version();

    assertThat(book("{}").version()).matches(bundled + "\\+own-[0-9a-f]{8}");
    assertThat(book("{\"version\": \"contract-7\"}").version())
        .matches(bundled + "\\+contract-7-[0-9a-f]{8}");
  }

  @Test
  void of_exampleOfTheDocumentation_isRead() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "prices.md"));
    int begin = page.indexOf("```json\n") + "```json\n".length();
    PriceBook book = book(page.substring(begin, page.indexOf("```", begin)));

    assertThat(book.version()).contains("+contract-2027-");
    assertThat(cost(book, "our-tuned-model", "scale")).isEqualTo("2");
  }

  @Test
  void of_fileThatIsNotThere_isAClearError() {
    assertThatThrownBy(() -> PriceBook.of(naming(folder.resolve("nowhere.json"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("OM_PRICE_OVERRIDES names a file that cannot be read: NoSuchFileException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{                                                          | not JSON",
        "{\"provider\": {}}                                         | provider is no field here",
        "{\"providers\": {\"OPENAPI\": []}}                         | OPENAPI is no provider",
        "{\"aliases\": {\"OPENAI\": {\"a\": \"b\"}}}                | no model of OPENAI is listed"
            + " as b",
        "{\"additions\": [{\"models\": [\"gpt-4o\"]}]}              | provider is missing",
        "{\"terms\": [{\"provider\": \"OPENAI\", \"times\": \"1\"}]}| a term names one of",
        "{\"terms\": [{\"provider\": \"OPENAI\", \"speed\": [\"x\"]}]}| either times or",
        "{\"version\": 1}                                           | a string is wanted",
      })
  void of_malformedFile_saysWhatIsWrong(String file, String message) {
    assertThatThrownBy(() -> book(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("OM_PRICE_OVERRIDES names a file that is no price file: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"-1\"", "\"1e3\"", "\"\"", "\"0,5\"", "null"})
  void of_priceThatIsNoDecimalInAString_isRefused(String price) {
    String file =
        "{\"providers\": {\"OPENAI\": [{\"names\": [\"m\"], \"periods\": "
            + "[{\"per_million_tokens\": {\"input\": "
            + price
            + "}}]}]}}";

    assertThatThrownBy(() -> book(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a price is a decimal in a string");
  }

  private PriceBook book(String text) throws IOException {
    return PriceBook.of(naming(Files.writeString(folder.resolve("prices.json"), text)));
  }

  private static Environment naming(Path file) {
    return new Environment(Map.of("OM_PRICE_OVERRIDES", file.toString()));
  }

  private static String cost(PriceBook book, String model, String tier) {
    UsageLine line = new UsageLine(null, TokenCounts.of(TokenClass.INPUT, 1_000_000));
    return usd(book, model, usage(new PricingTerms(tier, null, null), line));
  }

  private static String searches(PriceBook book, String model) {
    Map<String, BigDecimal> one = Map.of("web_searches", BigDecimal.ONE);
    UsageLine line = new UsageLine(null, TokenCounts.NONE, one);
    return usd(book, model, usage(PricingTerms.UNSAID, line));
  }

  private static String usd(PriceBook book, String model, Usage usage) {
    Cost cost = book.price(event(Provider.OPENAI, model, usage, NOW));
    assertThat(cost).isInstanceOf(Cost.Priced.class);
    BigDecimal usd = ((Cost.Priced) cost).usd();
    return usd.toPlainString();
  }
}
