package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.logging.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogMetricsTest {
  private static final Pattern EVENT = Pattern.compile("\\$\\.event = \"([a-z_.]+)\"");

  private static final Pattern TERM = Pattern.compile("\\(?\\$\\.([a-z_]+) = \"([^\"]+)\"\\)?");

  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ProxyEnqueueFailures | Proxy | EnqueueFailures | 1 |"
            + " usage.enqueue_failed intent.enqueue_failed usage.lines_unread",
        "IngestEnqueueFailures | IngestApi | EnqueueFailures | 1 | queue.refused",
        "ProxyFaults | Proxy | ProxyFaults | 1 | proxy.failed meter.failed",
        "UnaccountedCalls | IngestWorker | UnaccountedCalls | 1 | call.unaccounted",
        "EventsBooked | IngestWorker | EventsBooked | $.recorded | batch.booked",
        "EventsRepeated | IngestWorker | EventsRepeated | $.duplicates | batch.booked",
        "MessagesFailed | IngestWorker | MessagesFailed | $.failed | batch.booked",
        "RepricingRefused | Repricing | RepricingRefused | $.refused |"
            + " repricing.finished repricing.interrupted",
      })
  void filter_lines_areCountedOrSummed(
      String filter, String box, String metric, String value, String events) {
    Map<String, Object> properties = system.properties("LogMetrics/" + filter);

    assertThat(system.describe(properties.get("LogGroupName"))).isEqualTo(box + "/Logs");
    assertThat(events(properties)).containsExactlyInAnyOrder(events.split(" "));
    assertThat(SynthesizedSystem.list(properties.get("MetricTransformations")))
        .singleElement()
        .isEqualTo(
            Map.of(
                "MetricNamespace",
                "OpenMonetize/production",
                "MetricName",
                metric,
                "MetricValue",
                value));
  }

  /** A filter for a line that nobody writes would never count, and its alarm never go off. */
  @Test
  void eachEvent_isWrittenByTheFunctionsSources() {
    String sources = sources();
    List<String> events =
        system.services().findResources("AWS::Logs::MetricFilter").values().stream()
            .map(filter -> SynthesizedSystem.object(filter.get("Properties")))
            .flatMap(properties -> events(properties).stream())
            .distinct()
            .toList();

    assertThat(events)
        .hasSize(10)
        .allSatisfy(event -> assertThat(sources).contains("\"" + event + "\""));
    assertThat(List.of("recorded", "duplicates", "failed", "refused"))
        .allSatisfy(field -> assertThat(sources).contains("\"" + field + "\","));
  }

  /** The terms of each filter, on lines as our log writes them. */
  @Test
  void eachFilter_linesOfOurLog_countsItsOwnAndNoOther() throws IOException {
    for (Object filter : system.services().findResources("AWS::Logs::MetricFilter").values()) {
      Map<String, Object> properties =
          SynthesizedSystem.object(SynthesizedSystem.object(filter).get("Properties"));
      String pattern = properties.get("FilterPattern").toString();
      assertThat(events(properties))
          .allSatisfy(event -> assertThat(matches(pattern, line(event))).isTrue());
      assertThat(matches(pattern, line("usage.record"))).isFalse();
    }
  }

  private static JsonNode line(String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Log(out, Log.Level.INFO, Clock.systemUTC()).error(event, "recorded", 1, "failed", 0);
    assertThat(out.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\n").endsWith("}\n");
    return new ObjectMapper().readTree(out.toByteArray());
  }

  /** CloudWatch's syntax, as far as CDK writes it for us: equal strings, joined by "or". */
  private static boolean matches(String pattern, JsonNode line) {
    assertThat(pattern).startsWith("{ ").endsWith(" }");
    return Arrays.stream(pattern.substring(2, pattern.length() - 2).split(" \\|\\| "))
        .anyMatch(
            term -> {
              Matcher parts = TERM.matcher(term);
              assertThat(parts.matches()).as(term).isTrue();
              return line.path(parts.group(1)).asText().equals(parts.group(2));
            });
  }

  private static List<String> events(Map<String, Object> properties) {
    return EVENT
        .matcher(properties.get("FilterPattern").toString())
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String sources() {
    return Stream.of("functions/proxy", "functions/ingest-worker", "shared")
        .map(module -> Path.of("..", module.split("/")).resolve("src/main/java"))
        .flatMap(LogMetricsTest::files)
        .map(LogMetricsTest::read)
        .collect(Collectors.joining());
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
