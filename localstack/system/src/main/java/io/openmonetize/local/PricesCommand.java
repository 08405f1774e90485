package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.LocalPartException;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.pricing.PriceDiff;
import io.openmonetize.pricing.PriceEffect;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventFilter;
import io.openmonetize.storage.EventPage;
import io.openmonetize.storage.InvalidCursorException;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code ./om prices check}: what the newest release of the prices' source would change in the
 * book, and what last month's recorded usage would have cost by it. Changes nothing.
 */
final class PricesCommand {
  private static final Duration STORE_ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final int REFRESH_MINUTES = 5;

  private final Environment environment;
  private final Path folder;
  private final Clock clock;
  private final PrintStream out;

  PricesCommand(Environment environment, Path folder, Clock clock, PrintStream out) {
    this.environment = environment;
    this.folder = folder;
    this.clock = clock;
    this.out = out;
  }

  /**
   * @throws LocalPartException when the registry can't be reached or the newest book is not
   *     understood
   */
  void check() throws IOException {
    Path work = Files.createTempDirectory("om-prices");
    Path file = work.resolve("price-book.json");
    try {
      String release = refresh(file);
      out.println("The newest release of the prices' source is " + release + ".");
      check(Files.readAllBytes(file));
      out.println("To take it over:");
      out.println(
          "  (cd build/prices && npm install -DE @pydantic/genai-prices@"
              + release
              + " && npm run generate && node corpus-costs.mjs)");
    } finally {
      Files.deleteIfExists(file);
      Files.delete(work);
    }
  }

  /** The same for a generated book that is at hand. */
  void check(byte[] newest) throws IOException {
    List<PriceDiff.Change> changes = PriceDiff.fromBundled(newest);
    if (changes.isEmpty()) {
      out.println("It changes no price.");
      return;
    }
    changes.forEach(this::print);
    PriceBook after;
    try {
      after = PriceBook.of(environment, newest);
    } catch (IllegalArgumentException e) {
      out.println("The overlay does not fit it and has to be changed first: " + e.getMessage());
      return;
    }
    effect(new PriceEffect(PriceBook.of(environment), after));
  }

  private void print(PriceDiff.Change change) {
    String mark =
        switch (change.kind()) {
          case ADDED -> "+";
          case REMOVED -> "-";
          case CHANGED -> "~";
        };
    out.println(mark + " " + change.provider() + " " + String.join(", ", change.names()));
    change.details().forEach(detail -> out.println("    " + detail));
  }

  private String refresh(Path file) throws IOException {
    Path script = Path.of(environment.get("OM_HOME", ".")).resolve("build/prices/refresh.mjs");
    Process process =
        new ProcessBuilder("node", script.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      byte[] release = process.getInputStream().readAllBytes();
      if (!process.waitFor(REFRESH_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new LocalPartException("the newest prices could not be had from npm", null);
      }
      return new String(release, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalPartException("interrupted", e);
    } finally {
      process.destroy();
    }
  }

  private void effect(PriceEffect effect) {
    LocalSettings settings = LocalSettings.of(environment);
    if (settings.dynamoDbEndpoint().isPresent()) {
      read(environment, effect);
    } else if (!Files.exists(folder.resolve("store").resolve("tables.db"))) {
      out.println("No usage is recorded on this machine, so there is no effect to show.");
    } else {
      try (DataDirectory directory =
              DataDirectory.open(folder, EnumSet.of(DataDirectory.Part.STORE));
          DynamoDbServer server = Backends.startDynamoDb(settings.functions(), directory, 0)) {
        read(server.endpoint().toString(), settings, effect);
      } catch (LocalPartException e) {
        out.println(
            "The effect on recorded usage can't be shown: "
                + e.getMessage()
                + ", or name its store by OM_DYNAMODB_ENDPOINT.");
      }
    }
  }

  private void read(String endpoint, LocalSettings settings, PriceEffect effect) {
    Map<String, String> variables = new HashMap<>(settings.functions().variables());
    variables.put("OM_DYNAMODB_ENDPOINT", endpoint);
    read(new Environment(variables), effect);
  }

  private void read(Environment store, PriceEffect effect) {
    YearMonth month = YearMonth.now(clock.withZone(ZoneOffset.UTC)).minusMonths(1);
    Instant from = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant to = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    try (DynamoDbClient dynamoDb = new AwsClients(store).dynamoDb(STORE_ANSWERS_WITHIN)) {
      EventFeed feed = new EventFeed(dynamoDb, Backends.TABLES.usage(), UsageLayout.of(store));
      @Nullable String cursor = null;
      do {
        EventPage page = feed.page(EventFilter.ALL, from, to, EventFeed.LIMIT_AT_MOST, cursor);
        page.events().stream().map(StoredEvent::event).forEach(effect::add);
        cursor = page.nextCursor();
      } while (cursor != null);
    } catch (InvalidCursorException e) {
      throw new IllegalStateException("a cursor of the feed's own", e);
    }
    print(month, effect);
  }

  private void print(YearMonth month, PriceEffect effect) {
    List<PriceEffect.Row> rows = effect.rows();
    long events = rows.stream().mapToLong(PriceEffect.Row::events).sum();
    out.println("Of the " + events + " calls of " + month + ", in US dollars before and after:");
    rows.stream().filter(PriceEffect.Row::differs).forEach(this::print);
    BigDecimal before =
        rows.stream().map(PriceEffect.Row::before).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal after =
        rows.stream().map(PriceEffect.Row::after).reduce(BigDecimal.ZERO, BigDecimal::add);
    out.println("  all: " + before.toPlainString() + " -> " + after.toPlainString());
  }

  private void print(PriceEffect.Row row) {
    out.println(
        "  "
            + row.provider()
            + " "
            + row.model()
            + ", "
            + row.events()
            + " calls: "
            + row.before().toPlainString()
            + " -> "
            + row.after().toPlainString()
            + "; unpriced "
            + row.unpricedBefore()
            + " -> "
            + row.unpricedAfter());
  }
}
