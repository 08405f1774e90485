package io.openmonetize.local;

import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Events as the API exports them, and sums over them that owe nothing to the system's own. */
record ExportedEvents(List<Map<String, String>> rows) {
  /** All there are. */
  static ExportedEvents of(TestSystem test) throws Exception {
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      String more = cursor.map(at -> "&cursor=" + at).orElse("");
      URI uri =
          URI.create(test.system().dashboard() + "/v1/events.csv?from=2020-01-01T00:00:00Z" + more);
      HttpResponse<byte[]> answer =
          test.send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", "Bearer " + test.system().apiKey())
                  .build());
      String part = new String(answer.body(), StandardCharsets.UTF_8);
      if (answer.statusCode() != 200) {
        throw new AssertionError(part);
      }
      parts.add(part);
      cursor = answer.headers().firstValue("x-om-next-cursor");
    } while (cursor.isPresent());
    rows.addAll(CsvText.records(CsvText.parse(String.join("", parts))));
    return new ExportedEvents(rows);
  }

  ExportedEvents where(Predicate<Map<String, String>> wanted) {
    return new ExportedEvents(rows.stream().filter(wanted).toList());
  }

  ExportedEvents where(String column, String value) {
    return where(row -> row.get(column).equals(value));
  }

  Map<String, ExportedEvents> by(Function<Map<String, String>, String> group) {
    Map<String, ExportedEvents> groups = new TreeMap<>();
    rows.stream()
        .collect(groupingBy(group))
        .forEach((name, some) -> groups.put(name, new ExportedEvents(some)));
    return groups;
  }

  Map<String, ExportedEvents> by(String column) {
    return by(row -> row.get(column));
  }

  long count() {
    return rows.size();
  }

  /** Of what is not there, nothing. */
  BigDecimal sum(String column) {
    return rows.stream()
        .map(row -> row.get(column))
        .filter(value -> !value.isEmpty())
        .map(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  long tokens(String column) {
    return sum(column).longValueExact();
  }

  /** What is certain of the cost. */
  BigDecimal known() {
    return sum("known_cost_usd");
  }

  /** That of events whose whole cost is known. */
  BigDecimal priced() {
    return sum("cost_usd");
  }

  long unpriced() {
    return where("cost_status", "unpriced").count();
  }
}
