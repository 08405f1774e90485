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
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads every body of our own corpus, whole and at many splits, and expects what is written there.
 */
class ConformanceCorpusTest {
  /** Bodies up to this size are split at every place. */
  private static final int SPLIT_EVERYWHERE = 2500;

  private static final Map<String, Map<String, Integer>> TABLE = new TreeMap<>();

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
    count(body, reading);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void read_splitAnywhere_saysTheSame(Case body) {
    UsageReading reading = Readings.whole(body.request(), body.response(), body.body(), body.end());
    for (int size : new int[] {1, 2, 3, 5, 64, 1000}) {
      assertThat(Readings.inPieces(body.request(), body.response(), body.body(), body.end(), size))
          .as("pieces of %d", size)
          .isEqualTo(reading);
    }
    int step = body.body().length <= SPLIT_EVERYWHERE ? 1 : 37;
    for (int at = 1; at < body.body().length; at += step) {
      assertThat(inTwo(body, at)).as("split at %d", at).isEqualTo(reading);
    }
    Random random = new Random(7);
    for (int round = 0; round < 10; round++) {
      assertThat(
              Readings.atRandom(body.request(), body.response(), body.body(), body.end(), random))
          .isEqualTo(reading);
    }
  }

  /**
   * Cut off anywhere, an answer may say less, but it may not claim to be exact with other numbers.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void read_cutAnywhere_isNeverExactWithOtherNumbers(Case body) {
    UsageReading whole = Readings.whole(body.request(), body.response(), body.body(), body.end());
    int step = body.body().length <= SPLIT_EVERYWHERE ? 1 : 11;
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

  @AfterAll
  static void printTable() {
    System.out.println("Our own bodies read, by provider and endpoint:");
    TABLE.forEach((name, row) -> System.out.println("  " + name + row));
  }

  private static void count(Case body, UsageReading reading) {
    Endpoint endpoint = body.request().endpoint();
    Map<String, Integer> row =
        TABLE.computeIfAbsent(
            String.format("%-10s %-26s", endpoint.provider(), endpoint.wireName()),
            k -> new TreeMap<>());
    row.merge("bodies", 1, Integer::sum);
    row.merge(reading.usage().status().wireName(), 1, Integer::sum);
  }

  private static UsageReading inTwo(Case body, int at) {
    UsageReader reader = UsageReaders.of(body.request(), body.response());
    reader.read(body.body(), 0, at);
    reader.read(body.body(), at, body.body().length - at);
    return reader.finish(body.end());
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
