package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.local.load.BulkWriter;
import io.openmonetize.local.load.ItemSink;
import io.openmonetize.local.load.LedgerLoad;
import io.openmonetize.local.load.LoadShape;
import io.openmonetize.local.load.MadeUpUsage;
import io.openmonetize.local.load.StoreFile;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.MoveState;
import io.openmonetize.storage.UsageLayout;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code ./om load}: fills the ledger of a stopped system, or the one that {@code
 * OM_DYNAMODB_ENDPOINT} names, with made-up usage.
 */
final class LoadCommand {
  static final String USAGE =
      """
        load [--events N] [--customers N] [--days N] [--seed N] [--until TIME]
                                fills an empty ledger with made-up usage
      """;

  private static final Set<String> OPTIONS =
      Set.of("--events", "--customers", "--days", "--seed", "--until");
  private static final int EVENTS_AT_MOST = 100_000_000;
  private static final int LONGEST_SESSION = 24;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private final Environment environment;
  private final Path folder;
  private final Clock clock;
  private final PrintStream out;

  LoadCommand(Environment environment, Path folder, Clock clock, PrintStream out) {
    this.environment = environment;
    this.folder = folder;
    this.clock = clock;
    this.out = out;
  }

  static boolean has(List<String> arguments) {
    return !arguments.isEmpty() && arguments.getFirst().equals("load");
  }

  /**
   * @throws ConfigurationException when the arguments are wrong, or the ledger is not empty
   */
  void run(List<String> arguments) throws IOException {
    LoadShape shape = shape(arguments);
    LocalSettings settings = LocalSettings.of(environment);
    @Nullable URI named = settings.dynamoDbEndpoint().orElse(null);
    Instant began = clock.instant();
    long sums = named == null ? intoFolder(shape, settings) : into(named, shape, settings);
    long millis = Math.max(1, Duration.between(began, clock.instant()).toMillis());
    out.printf(
        "%,d events and %,d sums in %,d s, %,d events/s%n",
        shape.events(), sums, millis / 1_000, shape.events() * 1_000L / millis);
  }

  private LoadShape shape(List<String> arguments) {
    Options options =
        Options.of(
            arguments,
            OPTIONS,
            "load [--events N] [--customers N] [--days N] [--seed N] [--until TIME]");
    return new LoadShape(
        options.number("--events", 1_000_000, 1, EVENTS_AT_MOST),
        options.number("--customers", 1_000, 1, 1_000_000),
        options.number("--days", 60, 1, 3_660),
        LONGEST_SESSION,
        options.number("--seed", 1, 0, Integer.MAX_VALUE),
        options.time("--until", clock.instant().truncatedTo(ChronoUnit.HOURS)));
  }

  /** Makes the file of the store, without a server. */
  private long intoFolder(LoadShape shape, LocalSettings settings) throws IOException {
    try (DataDirectory directory =
        DataDirectory.open(folder, EnumSet.of(DataDirectory.Part.STORE))) {
      if (Files.exists(directory.tables())) {
        throw new ConfigurationException(
            folder.toAbsolutePath()
                + " holds data already, and a load makes them whole:"
                + " name another folder by OM_DATA_DIR, or ./om reset first");
      }
      Path binary = Backends.dynamoDbBinary(settings.functions(), directory);
      try (StoreFile file = new StoreFile(binary, Backends.TABLES, directory.tables())) {
        return load(shape, settings.functions(), file);
      }
    }
  }

  private long into(URI store, LoadShape shape, LocalSettings settings) {
    AwsClients clients = new AwsClients(settings.functions());
    String table = Backends.TABLES.usage();
    try (DynamoDbClient dynamoDb = clients.dynamoDb(ANSWER_WITHIN)) {
      Backends.TABLES.create(dynamoDb);
      if (dynamoDb.scan(s -> s.tableName(table).limit(1)).count() > 0) {
        throw new ConfigurationException(
            "the ledger at " + store + " is not empty, and a load would write over its sums");
      }
      try (BulkWriter writer = new BulkWriter(dynamoDb, table)) {
        return load(shape, settings.functions(), writer);
      }
    }
  }

  private long load(LoadShape shape, Environment functions, ItemSink items) {
    UsageLayout layout = UsageLayout.of(functions);
    String stage = Stage.of(functions).environment();
    MadeUpUsage usage = new MadeUpUsage(shape, layout, PriceBook.of(functions), stage);
    out.printf(
        "%,d events of %,d customers over %d days until %s, seed %d%n",
        shape.events(), shape.customers(), shape.days(), shape.until(), shape.seed());
    // Or the worker's first start would look through all events for some to move.
    items.put(MoveState.doneItem());
    AtomicLong written = new AtomicLong();
    new LedgerLoad(items, layout)
        .run(
            usage,
            (events, sums) -> {
              written.set(sums);
              out.printf("%,d events, %,d sums%n", events, sums);
              out.flush();
            });
    return written.get();
  }
}
