package io.openmonetize.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Provider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PriceDiffTest {
  private static final String BEFORE =
      """
      {"providers": {"OPENAI": [
        {"names": ["a", "a-latest"], "periods": [{"per_million_tokens": {"input": "1", "output": "2"}}]},
        {"names": ["b"], "periods": [{"per_million_tokens": {"input": "1"}}]},
        {"names": ["c"], "periods": [{"per_million_tokens": {"input": "1.0"}}]}]}}\
      """;

  @Test
  void between_sameBook_isNothing() {
    assertThat(PriceDiff.between(utf8(BEFORE), utf8(BEFORE))).isEmpty();
    assertThat(PriceDiff.fromBundled(PriceBookFiles.generated())).isEmpty();
  }

  @Test
  void between_books_saysWhatIsNewGoneAndChanged() {
    String after =
        """
        {"providers": {"OPENAI": [
          {"names": ["a", "a-latest"], "periods": [
            {"per_million_tokens": {"input": "1", "output": "2.5"}},
            {"from": "2026-12-01", "per_million_tokens": {"input": "0.5"},
             "units": {"web_searches": {"usd": "10", "per": "1000"}},
             "above_input_tokens": [{"input_tokens": 200000, "per_million_tokens": {"input": "3"}}]}]},
          {"names": ["c"], "periods": [{"per_million_tokens": {"input": "1"}}]},
          {"names": ["d"], "periods": [{"per_million_tokens": {"input": "4"}}]}]}}\
        """;

    assertThat(PriceDiff.between(utf8(BEFORE), utf8(after)))
        .containsExactly(
            change(PriceDiff.Kind.ADDED, List.of("d"), "input: none -> 4"),
            change(
                PriceDiff.Kind.CHANGED,
                List.of("a", "a-latest"),
                "input above 200000 from 2026-12-01: none -> 3",
                "input from 2026-12-01: none -> 0.5",
                "output: 2 -> 2.5",
                "web_searches by 1000 from 2026-12-01: none -> 10"),
            change(PriceDiff.Kind.REMOVED, List.of("b"), "input: 1 -> none"));
  }

  private static PriceDiff.Change change(
      PriceDiff.Kind kind, List<String> names, String... details) {
    return new PriceDiff.Change(kind, Provider.OPENAI, new TreeSet<>(names), List.of(details));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
