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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code ./om rerate}: prices recorded events by the book of now, corrects those whose cost
 * differs, and prints what that changed.
 */
final class RerateCommand {
  private static final String USAGE =
      "rerate [--from TIME] [--to TIME] [--customer ID] [--unpriced] [--dry-run]";

  private static final Set<String> NAMES = Set.of("--from", "--to", "--customer");
  private static final Set<String> FLAGS = Set.of("--unpriced", "--dry-run");

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
    Options options = Options.of(arguments, NAMES, FLAGS, USAGE);
    this.scope = scope(options, clock);
    this.dryRun = options.has("--dry-run");
    this.layout = UsageLayout.of(environment);
    this.book = PriceBook.of(environment);
    this.clock = clock;
    this.out = out;
  }

  /**
   * @return 0 when all was done, 1 when some event keeps a cost that it should not have
   */
  int run(DynamoDbClient dynamoDb, String usageTable) {
    Rerating rerating = new Rerating(dynamoDb, usageTable, layout, book, clock, new Random());
    ReratingReport report = dryRun ? rerating.preview(scope, PLENTY) : rerating.run(scope, PLENTY);
    print(report);
    return report.whole() && report.refused() == 0 ? 0 : 1;
  }

  private static ReratingScope scope(Options options, Clock clock) {
    Instant from = options.time("--from", Rerating.EARLIEST);
    // Reporters' clocks may be ahead of ours.
    Instant to = options.time("--to", clock.instant().plus(Duration.ofDays(1)));
    if (!from.isBefore(to)) {
      throw new ConfigurationException("--from must be before --to");
    }
    return new ReratingScope(from, to, options.text("--customer"), options.has("--unpriced"));
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
