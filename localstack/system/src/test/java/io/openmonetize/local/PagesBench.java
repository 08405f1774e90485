package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.local.load.LedgerLoad;
import io.openmonetize.local.load.LoadShape;
import io.openmonetize.local.load.MadeUpUsage;
import io.openmonetize.local.load.QueriedLedger;
import io.openmonetize.local.load.StoreFile;
import io.openmonetize.local.parts.DynoxideBinary;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.UsageLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code ./om bench pages}: opens each page of the dashboard in Chromium on a ledger of a million
 * events, notes when it first paints and which API calls it makes, and then makes those calls again
 * on that ledger and on one of a thousand events, by turns. Not one of the build's tests.
 *
 * <p>{@code bench.data} names a data folder that {@code ./om load} filled; without it a million
 * events are loaded first.
 */
class PagesBench {
  private static final int MANY = 1_000_000;
  private static final int FEW = 1_000;
  private static final int CUSTOMERS = 1_000;
  private static final int DAYS = 60;
  private static final int LONGEST_SESSION = 24;
  private static final int OPENINGS = 3;
  private static final int WARM_UP = 8;
  private static final int ROUNDS = 11;
  private static final int QUIET_MS = 700;
  private static final int LOOK_MS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String QUIET =
      """
      ms => {
        const calls = performance.getEntriesByType("resource")
            .filter(e => e.name.includes("/v1/"));
        return calls.length > 0 && document.querySelector("[aria-busy=true]") === null &&
            performance.now() - Math.max(...calls.map(e => e.responseEnd)) > ms;
      }
      """;

  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  static {
    PAGES.put("Overview", "/overview");
    PAGES.put("Activity", "/activity");
    PAGES.put("Analytics", "/analytics");
    PAGES.put("Customers", "/customers");
    PAGES.put("One customer", "/customers/customer-0001");
    PAGES.put("Prices", "/prices");
    PAGES.put("Pipeline", "/pipeline");
    PAGES.put("Audit", "/audit");
    PAGES.put("API keys", "/settings/api-keys");
    PAGES.put("Playground", "/playground");
  }

  @TempDir Path folder;

  /**
   * @param paints first contentful paint of each opening, in milliseconds
   * @param answered when the last answer of the API was there, in milliseconds
   */
  private record Opened(List<Long> paints, List<Long> answered, Set<String> calls) {}

  @Test
  void pages() throws Exception {
    Instant until = Instant.now().truncatedTo(ChronoUnit.HOURS);
    String given = System.getProperty("bench.data", "");
    Path many =
        given.isEmpty()
            ? load(MANY, LONGEST_SESSION, until)
            : Path.of(given).resolve("store").resolve("tables.db");
    Path few = load(FEW, 1, until);
    try (SqsServer queues = SqsServer.start(null, 0)) {
      Map<String, String> variables = variables(queues);
      Clock clock = Clock.systemUTC();
      try (QueriedLedger large = QueriedLedger.open(many, Backends.TABLES, variables, clock);
          QueriedLedger small = QueriedLedger.open(few, Backends.TABLES, variables, clock)) {
        Map<String, Opened> opened = open(large);
        StringBuilder report = new StringBuilder();
        paints(opened, report);
        calls(opened, large, small, report);
        System.out.print(report);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("pages.md"), report);
      }
    }
  }

  private static Map<String, String> variables(SqsServer queues) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("OM_SQS_ENDPOINT", queues.endpoint().toString());
    try (SqsClient sqs = new AwsClients(new Environment(variables)).sqs(Duration.ofSeconds(10))) {
      variables.put("OM_USAGE_QUEUE_URL", UsageQueues.create(sqs));
    }
    return variables;
  }

  /**
   * @param longestSession 1 spreads events over as many customers, models and days as they can be
   */
  private Path load(int events, int longestSession, Instant until) throws IOException {
    Path file = folder.resolve(events + ".db");
    LoadShape shape = new LoadShape(events, CUSTOMERS, DAYS, longestSession, 1, until);
    try (StoreFile store = new StoreFile(DynoxideBinary.find(), Backends.TABLES, file)) {
      new LedgerLoad(store, UsageLayout.DEFAULT)
          .run(
              new MadeUpUsage(shape, UsageLayout.DEFAULT, PriceBook.bundled(), "dev"),
              (written, sums) -> {});
    }
    return file;
  }

  private static Map<String, Opened> open(QueriedLedger ledger) throws Exception {
    Map<String, Opened> opened = new LinkedHashMap<>();
    try (Chromium chromium = Chromium.launch();
        BrowserContext context = chromium.browser().newContext(new Browser.NewContextOptions())) {
      Page first = context.newPage();
      first.navigate(ledger.url().toString());
      first.getByLabel("Name").fill(QueriedLedger.OPERATOR);
      first.getByLabel("Password").fill(QueriedLedger.PASSWORD);
      first.keyboard().press("Enter");
      first.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).waitFor();
      first.close();
      for (Map.Entry<String, String> page : PAGES.entrySet()) {
        Opened all = new Opened(new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>());
        for (int i = 0; i < OPENINGS; i++) {
          open(context, ledger.url(), page.getValue(), all);
        }
        opened.put(page.getKey(), all);
      }
    }
    return opened;
  }

  private static void open(BrowserContext context, URI url, String path, Opened all) {
    try (Page page = context.newPage()) {
      page.onRequest(
          request -> {
            URI target = URI.create(request.url());
            if (target.getPath().startsWith("/v1/") && request.method().equals("GET")) {
              all.calls.add(
                  target.getRawPath()
                      + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()));
            }
          });
      page.navigate(url + "/#" + path);
      awaitQuiet(page);
      all.paints.add(
          number(
              page.evaluate(
                  "performance.getEntriesByName('first-contentful-paint')[0].startTime")));
      // What is polled again was asked before.
      all.answered.add(
          number(
              page.evaluate(
                  """
                  () => {
                    const seen = new Set();
                    let last = 0;
                    for (const e of performance.getEntriesByType("resource")) {
                      if (e.name.includes("/v1/") && !seen.has(e.name)) {
                        seen.add(e.name);
                        last = Math.max(last, e.responseEnd);
                      }
                    }
                    return last;
                  }
                  """)));
    }
  }

  /** Asked from outside: the page's policy lets nothing evaluate itself in it. */
  private static void awaitQuiet(Page page) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!page.evaluate(QUIET, QUIET_MS).equals(true)) {
      assertThat(System.nanoTime()).as("still loading: " + page.url()).isLessThan(deadline);
      page.waitForTimeout(LOOK_MS);
    }
  }

  private static void paints(Map<String, Opened> opened, StringBuilder report) throws IOException {
    report.append("| page | first contentful paint, ms | last answer there, ms |\n");
    report.append("| --- | --- | --- |\n");
    opened.forEach(
        (page, all) ->
            report.append(
                "| %s | %d | %d |%n".formatted(page, median(all.paints), median(all.answered))));
    report.append("\nJavaScript: %.1f kB of gzip%n%n".formatted(bundle() / 1000.0));
  }

  /** Of all scripts of the page, in bytes of gzip. */
  private static long bundle() throws IOException {
    Path assets = Path.of("../../dashboard/target/classes/META-INF/dashboard/assets");
    long bytes = 0;
    try (Stream<Path> files = Files.list(assets)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".js")).toList()) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
          gzip.write(Files.readAllBytes(file));
        }
        bytes += packed.size();
      }
    }
    return bytes;
  }

  private static void calls(
      Map<String, Opened> opened, QueriedLedger large, QueriedLedger small, StringBuilder report)
      throws Exception {
    Set<String> targets = new LinkedHashSet<>();
    opened.values().forEach(all -> targets.addAll(all.calls));
    Map<String, List<Long>> ofMany = new LinkedHashMap<>();
    Map<String, List<Long>> ofFew = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (String target : targets) {
        long many = micros(large, target);
        long few = micros(small, target);
        if (round >= 0) {
          ofMany.computeIfAbsent(target, _ -> new ArrayList<>()).add(many);
          ofFew.computeIfAbsent(target, _ -> new ArrayList<>()).add(few);
        }
      }
    }
    report.append(
        "| page | call | ms, %,d events | ms, %,d events | ratio | items read | of %,d |%n"
            .formatted(MANY, FEW, FEW));
    report.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (Map.Entry<String, Opened> page : opened.entrySet()) {
      for (String target : page.getValue().calls) {
        double many = median(ofMany.get(target)) / 1000.0;
        double few = median(ofFew.get(target)) / 1000.0;
        report.append(
            String.format(
                Locale.ROOT,
                "| %s | `%s` | %.1f | %.1f | %.2f | %,d | %,d |%n",
                page.getKey(),
                shortened(target),
                many,
                few,
                many / few,
                large.itemsRead(target),
                small.itemsRead(target)));
      }
    }
    assertThat(targets).hasSizeGreaterThan(PAGES.size());
  }

  /** Without the range, which is the page's. */
  private static String shortened(String target) {
    return URLDecoder.decode(
        target
            .replaceAll("(from|to)=[^&]*&?", "")
            .replaceAll("[&?]$", "")
            .replaceFirst("^/v1/", ""),
        StandardCharsets.UTF_8);
  }

  private static long micros(QueriedLedger ledger, String target) throws Exception {
    long start = System.nanoTime();
    ledger.get(target);
    return (System.nanoTime() - start) / 1_000;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static long number(Object evaluated) {
    return Math.round(((Number) evaluated).doubleValue());
  }
}
