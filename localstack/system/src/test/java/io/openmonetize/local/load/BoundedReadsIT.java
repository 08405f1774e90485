package io.openmonetize.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.CallStatus;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.DynoxideBinary;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventFilter;
import io.openmonetize.storage.Grain;
import io.openmonetize.storage.RollupDimension;
import io.openmonetize.storage.RollupFilter;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupKey;
import io.openmonetize.storage.RollupReader;
import io.openmonetize.storage.RollupScope;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.Tables;
import io.openmonetize.storage.UsageLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What a page of the dashboard reads must not grow with the number of events. A ledger of 100,000
 * events is read beside one of 1,000 of them, so chosen that every sum by day is in both: same
 * customers, users, features, models and days.
 */
@Timeout(900)
class BoundedReadsIT {
  private static final int MANY = 100_000;
  private static final int FEW = 1_000;
  private static final int PAGE = 50;
  private static final Instant FROM = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-06-04T00:00:00Z");
  private static final List<Instant> WHOLE = List.of(FROM, TO);
  private static final LoadShape SHAPE = new LoadShape(MANY, 5, 3, 24, 7, TO);
  private static final UsageLayout LAYOUT = UsageLayout.DEFAULT;
  private static final Tables TABLES = new Tables("control", "usage");

  /** Features, and for each its models, those without a price, and what named no model. */
  private static final int USES_AT_MOST = 6 * (8 + 3 + 3);

  private static final RollupFilter ALL = RollupFilter.ALL;
  private static final RollupFilter ONE = new RollupFilter("customer-0001", null, null, null, null);
  private static final EventFilter RARE =
      new EventFilter(null, null, null, null, null, CallStatus.UNACCOUNTED, null, null, null, null);

  @TempDir static Path folder;
  private static Ledger many;
  private static Ledger few;

  @BeforeAll
  static void load() throws IOException {
    List<Session> all = new ArrayList<>();
    MadeUpUsage usage = new MadeUpUsage(SHAPE, LAYOUT, PriceBook.bundled(), "dev");
    usage.days().forEach(day -> usage.sessions(day, all::add));
    many = Ledger.of(all, folder.resolve("many.db"));
    few = Ledger.of(someOfEachSum(all), folder.resolve("few.db"));
  }

  @AfterAll
  static void stop() {
    many.server.close();
    few.server.close();
  }

  /** A ledger behind a client that counts. */
  private record Ledger(
      DynamoDbServer server, ReadCounter counter, RollupReader rollups, EventFeed feed) {
    static Ledger of(List<Session> sessions, Path file) throws IOException {
      try (StoreFile store = new StoreFile(DynoxideBinary.find(), TABLES, file)) {
        new LedgerLoad(store, LAYOUT).run(sessions);
      }
      DynamoDbServer server = DynamoDbServer.start(file, 0);
      ReadCounter counter = new ReadCounter();
      DynamoDbClient client = counter.client(server.endpoint());
      return new Ledger(
          server,
          counter,
          new RollupReader(client, TABLES.usage(), LAYOUT),
          new EventFeed(client, TABLES.usage(), LAYOUT));
    }

    int reads(Read read) throws Exception {
      counter.take();
      read.from(this);
      return counter.take();
    }
  }

  private interface Read {
    void from(Ledger ledger) throws Exception;
  }

  @Test
  void sums_ofAHundredTimesTheEvents_readAsManyItems() throws Exception {
    same("summary, all", l -> l.rollups.sum(ALL, FROM, TO));
    same("summary, one customer", l -> l.rollups.sum(ONE, FROM, TO));
    same("series by day, all", l -> l.rollups.uses(ALL, each(ChronoUnit.DAYS), u -> u));
    same("series by day, one customer", l -> l.rollups.uses(ONE, each(ChronoUnit.DAYS), u -> u));
    same("breakdown by use, all", l -> l.rollups.uses(ALL, WHOLE, u -> u));
    same("breakdown by use, one customer", l -> l.rollups.uses(ONE, WHOLE, u -> u));
    same("breakdown by customer", l -> l.rollups.customers(WHOLE));
    same("breakdown by user", l -> l.rollups.users("customer-0001", WHOLE));
  }

  /** Few events do not fall into each hour: so these have a bound only, by hours and uses. */
  @Test
  void sumsByHour_ofManyEvents_readAtMostAnItemForEachHourAndUse() throws Exception {
    int ofCustomer = 3 * 24 * USES_AT_MOST;
    atMost(
        4 * ofCustomer,
        "series by hour, all",
        l -> l.rollups.uses(ALL, each(ChronoUnit.HOURS), u -> u));
    atMost(
        ofCustomer,
        "series by hour, one customer",
        l -> l.rollups.uses(ONE, each(ChronoUnit.HOURS), u -> u));
  }

  /** A page's events, and a chunk of each lane at most that it did not need. */
  @Test
  void feed_ofManyEvents_readsABoundedNumberForItsFirstPage() throws Exception {
    int lanes = LAYOUT.feedShards();
    atMost(PAGE + lanes * (PAGE / lanes + 8), "feed, all", l -> page(l, EventFilter.ALL));
    same("feed, one customer", l -> page(l, EventFilter.ofCustomer("customer-0001")));
    atMost(EventFeed.ITEMS_AT_MOST + lanes * 200, "feed, a rare status", l -> page(l, RARE));
  }

  private static List<Instant> each(ChronoUnit unit) {
    return Stream.iterate(FROM, at -> !at.isAfter(TO), at -> at.plus(1, unit)).toList();
  }

  private static void page(Ledger ledger, EventFilter filter) throws Exception {
    ledger.feed.page(filter, FROM, TO, PAGE, null);
  }

  private static void same(String what, Read read) throws Exception {
    int ofMany = print(what, read);

    assertThat(ofMany).as(what).isEqualTo(few.reads(read)).isPositive();
  }

  private static void atMost(int bound, String what, Read read) throws Exception {
    assertThat(print(what, read)).as(what).isPositive().isLessThanOrEqualTo(bound);
  }

  private static int print(String what, Read read) throws Exception {
    int ofMany = many.reads(read);
    System.out.printf(
        "items read, %-32s of %,d events %,6d, of %,d events %,6d%n",
        what + ":", FEW, few.reads(read), MANY, ofMany);
    return ofMany;
  }

  /** The first events that each sum by day counts, filled up with others. */
  private static List<Session> someOfEachSum(List<Session> all) {
    Set<RollupKey> covered = new HashSet<>();
    List<Session> chosen = new ArrayList<>();
    List<Session> others = new ArrayList<>();
    for (Session session : all) {
      for (StoredEvent stored : session.events()) {
        boolean isNew = false;
        for (RollupKey key : RollupFold.keys(stored.event(), session.rollupShard())) {
          isNew |= isByDay(key) && covered.add(key);
        }
        (isNew ? chosen : others).add(new Session(session.rollupShard(), List.of(stored)));
      }
    }
    assertThat(chosen).hasSizeLessThanOrEqualTo(FEW);
    chosen.addAll(others.subList(0, FEW - chosen.size()));
    return chosen;
  }

  /** And read by a case above. */
  private static boolean isByDay(RollupKey key) {
    return key.grain() == Grain.DAY
        && switch (key.scope()) {
          case RollupScope.All() -> true;
          case RollupScope.OfCustomer(String customer) ->
              customer.equals("customer-0001") || key.dimension() instanceof RollupDimension.User;
          case RollupScope.OfUser _, RollupScope.OfFeature _, RollupScope.OfModel _ -> false;
        };
  }
}
