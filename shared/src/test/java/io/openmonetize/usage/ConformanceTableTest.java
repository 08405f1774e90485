package io.openmonetize.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.usage.ConformanceCorpus.Case;
import io.openmonetize.usage.RecordedCorpusTest.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Makes the tables of {@code docs/conformance.md}: what was read of each body, whole and cut into
 * pieces. {@code -Dom.readme=write} writes them there.
 */
class ConformanceTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "conformance.md");
  private static final String HEAD =
      """
      | endpoint | bodies | as expected | exact | partial | estimated | missing | none | splits | differing |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  /** What came of the bodies of one endpoint. */
  private static final class Row {
    private final Map<UsageStatus, Integer> statuses = new EnumMap<>(UsageStatus.class);
    private int bodies;
    private int asExpected;
    private int splits;
    private int differing;

    private void add(boolean expected, UsageStatus status, Splits cut) {
      bodies++;
      asExpected += expected ? 1 : 0;
      statuses.merge(status, 1, Integer::sum);
      splits += cut.tried();
      differing += cut.differing();
    }

    private void add(Row other) {
      other.statuses.forEach((status, count) -> statuses.merge(status, count, Integer::sum));
      bodies += other.bodies;
      asExpected += other.asExpected;
      splits += other.splits;
      differing += other.differing;
    }

    private String line(String name) {
      StringBuilder line = new StringBuilder("| " + name + " | " + bodies + " | " + asExpected);
      for (UsageStatus status : UsageStatus.values()) {
        int count = statuses.getOrDefault(status, 0);
        line.append(" | ").append(count == 0 ? "" : count);
      }
      return line.append(String.format(Locale.ROOT, " | %,d | %d |\n", splits, differing))
          .toString();
    }
  }

  @Test
  void document_ownBodies_isWhatTheReadersDo() throws IOException {
    SortedMap<String, Row> rows = new TreeMap<>();
    for (Case body : ConformanceCorpus.cases()) {
      UsageReading reading =
          Readings.whole(body.request(), body.response(), body.body(), body.end());
      row(rows, body.request().endpoint())
          .add(
              ConformanceCorpusTest.isAsExpected(body, reading),
              reading.usage().status(),
              Splits.of(body.request(), body.response(), body.body(), body.end()));
    }
    check("own", rows);
  }

  /** The recordings lie beside the repository and not in it; without them there is no telling. */
  @Test
  void document_recordedBodies_isWhatTheReadersDo() throws IOException {
    Optional<Path> corpus = RecordedCorpusTest.corpus();
    if (corpus.isEmpty()) {
      System.out.println("No recorded bodies beside the repository: their table is not checked.");
      return;
    }
    SortedMap<String, Row> rows = new TreeMap<>();
    for (Fixture body : RecordedCorpusTest.fixtures(corpus.get())) {
      UsageReading reading = RecordedCorpusTest.whole(body);
      row(rows, body.request().endpoint())
          .add(
              RecordedCorpusTest.classes(reading).equals(RecordedCorpusTest.expected(body)),
              reading.usage().status(),
              Splits.of(body.request(), body.response(), body.body(), AnswerEnd.WHOLE));
    }
    check("recorded", rows);
  }

  private static Row row(SortedMap<String, Row> rows, Endpoint endpoint) {
    String provider =
        switch (endpoint.provider()) {
          case Provider.ANTHROPIC -> "Anthropic";
          case Provider.OPENAI -> "OpenAI";
          case Provider.GOOGLE -> "Gemini";
          default -> throw new IllegalArgumentException(endpoint.name());
        };
    return rows.computeIfAbsent(provider + " `" + endpoint.wireName() + "`", name -> new Row());
  }

  private static void check(String section, SortedMap<String, Row> rows) throws IOException {
    StringBuilder table = new StringBuilder(HEAD);
    Row all = new Row();
    rows.forEach(
        (name, row) -> {
          table.append(row.line(name));
          all.add(row);
        });
    table.append(all.line("all"));
    String document = Files.readString(DOCUMENT);
    String mark = "<!-- " + section + " -->\n";
    int begin = document.indexOf(mark) + mark.length();
    int end = document.indexOf("<!-- /" + section + " -->\n");
    assertThat(begin).isGreaterThan(mark.length()).isLessThanOrEqualTo(end);
    if ("write".equals(System.getProperty("om.readme"))) {
      Files.writeString(DOCUMENT, document.substring(0, begin) + table + document.substring(end));
    } else {
      assertThat(document.substring(begin, end))
          .as("mvn -pl shared -am test -Dtest=ConformanceTableTest -Dom.readme=write")
          .isEqualTo(table.toString());
    }
    assertThat(all.asExpected).isEqualTo(all.bodies);
    assertThat(all.differing).isZero();
  }
}
