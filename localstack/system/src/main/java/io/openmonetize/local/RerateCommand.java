package io.openmonetize.local;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.ReratingScope;
import io.openmonetize.storage.ReratingTotals;
import io.openmonetize.storage.UsageLayout;
import io.openmonetize.worker.Rerating;
import io.openmonetize.worker.ReratingReport;
import io.openmonetize.worker.TimeLeft;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code ./om rerate}: prices recorded events by the book of now, corrects those whose cost
 * differs, and prints what that changed.
 */
final class RerateCommand {
  private static final String ARGUMENTS =
      "usage: ./om rerate [--from TIME] [--to TIME] [--customer ID] [--unpriced] [--dry-run]";

  private static final Set<String> WITH_VALUE = Set.of("--from", "--to", "--customer");
  private static final Set<String> ALONE = Set.of("--unpriced", "--dry-run");

  /** For one transaction and its repetitions, not for all of them. */
  private static final TimeLeft PLENTY = () -> Duration.ofSeconds(30);

  private static final List<String> HEADINGS =
      List.of(
          "provider",
          "model",
          "events",
          "corrected",
          "before",
          "after",
          "unpriced before",
          "unpriced after");

  private final ReratingScope scope;
  private final boolean dryRun;
  private final UsageLayout layout;
  private final PriceBook book;
  private final Clock clock;
  private final PrintStream out;

  /**
   * @throws ConfigurationException when the arguments are wrong, or the operator's own prices are
   */
  RerateCommand(List<String> arguments, Environment environment, Clock clock, PrintStream out) {
    Map<String, String> values = new HashMap<>();
    Set<String> set = new HashSet<>();
    for (int i = 1; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (WITH_VALUE.contains(name) && i + 1 < arguments.size()) {
        values.put(name, arguments.get(++i));
      } else if (!ALONE.contains(name) || !set.add(name)) {
        throw new ConfigurationException(ARGUMENTS);
      }
    }
    this.scope = scope(values, set.contains("--unpriced"), clock);
    this.dryRun = set.contains("--dry-run");
    this.layout = UsageLayout.of(environment);
    this.book = PriceBook.of(environment);
    this.clock = clock;
    this.out = out;
  }

  /**
   * @return 0 when all was done, 1 when some event keeps a cost that it should not have
   */
  int run(DynamoDbClient dynamoDb) {
    Backends.TABLES.create(dynamoDb);
    Rerating rerating =
        new Rerating(dynamoDb, Backends.TABLES.usage(), layout, book, clock, new Random());
    ReratingReport report = dryRun ? rerating.preview(scope, PLENTY) : rerating.run(scope, PLENTY);
    print(report);
    return report.whole() && report.refused() == 0 ? 0 : 1;
  }

  private static ReratingScope scope(Map<String, String> values, boolean unpriced, Clock clock) {
    Instant from = time(values, "--from", Rerating.EARLIEST);
    // Reporters' clocks may be ahead of ours.
    Instant to = time(values, "--to", clock.instant().plus(Duration.ofDays(1)));
    if (!from.isBefore(to)) {
      throw new ConfigurationException("--from must be before --to");
    }
    return new ReratingScope(from, to, values.get("--customer"), unpriced);
  }

  private static Instant time(Map<String, String> values, String name, Instant fallback) {
    String text = values.get(name);
    try {
      if (text == null) {
        return fallback;
      }
      Instant time = Instant.parse(text);
      // A sign opens years of more than four digits, which no event has.
      if (Character.isDigit(text.charAt(0))) {
        return time;
      }
    } catch (DateTimeException e) {
      // The one answer for every text that is no such time.
    }
    throw new ConfigurationException(name + " must be a time such as 2026-07-01T00:00:00Z");
  }

  private void print(ReratingReport report) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADINGS);
    for (ReratingReport.Row row : report.rows()) {
      lines.add(
          line(row.provider() == null ? "-" : row.provider().name(), row.model(), row.totals()));
    }
    lines.add(line("all", "", report.totals()));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    lines.forEach(line -> out.println(padded(line, widths)));
    out.println("price book " + book.version());
    if (report.refused() > 0) {
      out.println(report.refused() + " events keep their cost: the store takes no other");
    }
    if (!report.whole()) {
      out.println("the store did not take it all; run it again");
    }
    out.println(report.runId() == null ? "dry run: nothing was changed" : "run " + report.runId());
  }

  private static List<String> line(String provider, String model, ReratingTotals totals) {
    return List.of(
        provider,
        model,
        Long.toString(totals.events()),
        Long.toString(totals.corrected()),
        usd(totals.beforeUsd()),
        usd(totals.afterUsd()),
        Long.toString(totals.unpricedBefore()),
        Long.toString(totals.unpricedAfter()));
  }

  /** Names to the left, numbers to the right. */
  private static String padded(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - line.get(i).length());
      text.append(i < 2 ? line.get(i) + padding : padding + line.get(i));
      text.append(i + 1 < widths.length ? "  " : "");
    }
    return text.toString().stripTrailing();
  }

  private static String usd(BigDecimal usd) {
    return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
  }
}
