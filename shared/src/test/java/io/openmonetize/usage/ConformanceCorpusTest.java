package io.openmonetize.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageLine;
import io.openmonetize.usage.ConformanceCorpus.Case;
import io.openmonetize.usage.ConformanceCorpus.Expected;
import io.openmonetize.usage.ConformanceCorpus.ExpectedBatchLine;
import io.openmonetize.usage.ConformanceCorpus.ExpectedLine;
import io.openmonetize.usage.json.JsonFragments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads every body of our own corpus, whole and at many splits, and expects what is written there.
 */
class ConformanceCorpusTest {
  /** Bodies up to this size are cut off at every place. */
  private static final int CUT_EVERYWHERE = 2500;

  static List<Case> cases() {
    return ConformanceCorpus.cases();
  }

  @Test
  void cases_all_haveFilesOfTheirOwn() {
    assertThat(cases()).hasSizeGreaterThan(150);
    assertThat(cases()).extracting(Case::file).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void read_body_saysWhatIsExpected(Case body) {
    UsageReading reading = Readings.whole(body.request(), body.response(), body.body(), body.end());
    assertThat(summary(reading)).isEqualTo(body.expected());
    assertThat(batch(reading)).isEqualTo(body.batch());
    assertRawIsSmallJson(reading.usage().raw());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void read_splitAnywhere_saysTheSame(Case body) {
    Splits splits = Splits.of(body.request(), body.response(), body.body(), body.end());
    assertThat(splits.firstDifference()).isNull();
    assertThat(splits.tried()).isGreaterThan(20);
  }

  /**
   * Cut off anywhere, an answer may say less, but it may not claim to be exact with other numbers.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void read_cutAnywhere_isNeverExactWithOtherNumbers(Case body) {
    UsageReading whole = Readings.whole(body.request(), body.response(), body.body(), body.end());
    int step = body.body().length <= CUT_EVERYWHERE ? 1 : 11;
    for (int length = 0; length < body.body().length; length += step) {
      UsageReader reader = UsageReaders.of(body.request(), body.response());
      reader.read(body.body(), 0, length);
      UsageReading cut = reader.finish(AnswerEnd.INTERRUPTED);
      switch (cut.usage().status()) {
        case EXACT -> assertThat(cut.usage()).as("cut at %d", length).isEqualTo(whole.usage());
        case NONE -> assertThat(whole.usage().lines()).as("cut at %d", length).isEmpty();
        case PARTIAL, ESTIMATED, MISSING ->
            assertThat(cut.usage().reason()).as("cut at %d", length).isNotNull();
      }
    }
  }

  /** Whether the reading of the whole says what the corpus expects, in every word. */
  static boolean isAsExpected(Case body, UsageReading reading) {
    return summary(reading).equals(body.expected()) && batch(reading).equals(body.batch());
  }

  private static void assertRawIsSmallJson(@Nullable String raw) {
    if (raw != null) {
      byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
      assertThat(bytes.length).isLessThanOrEqualTo(2048);
      assertThat(JsonFragments.parse(bytes, 0, bytes.length)).as(raw).isPresent();
    }
  }

  private static Expected summary(UsageReading reading) {
    return summary(reading.usage(), reading.model(), reading.responseId(), reading.errorType());
  }

  private static List<ExpectedBatchLine> batch(UsageReading reading) {
    List<ExpectedBatchLine> lines = new ArrayList<>();
    for (BatchLineReading line : reading.batchLines()) {
      lines.add(
          new ExpectedBatchLine(
              line.customId(),
              summary(line.usage(), line.model(), line.responseId(), line.errorType())));
    }
    return lines;
  }

  private static Expected summary(
      Usage usage, @Nullable String model, @Nullable String id, @Nullable String error) {
    List<ExpectedLine> lines = new ArrayList<>();
    for (UsageLine line : usage.lines()) {
      Map<String, Long> tokens = new TreeMap<>();
      line.tokens()
          .byClass()
          .forEach((tokenClass, count) -> tokens.put(tokenClass.wireName(), count));
      lines.add(new ExpectedLine(line.model(), tokens, line.units()));
    }
    return new Expected(
        usage.status().wireName(), usage.reason(), model, id, error, usage.terms(), lines);
  }
}
