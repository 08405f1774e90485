package io.openmonetize.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.local.parts.DynoxideBinary;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.Grain;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupKey;
import io.openmonetize.storage.RollupScope;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.Tables;
import io.openmonetize.storage.UsageLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a page of the dashboard reads must not grow with the number of events. The query function is
 * asked on a ledger of 100,000 events and on one of 1,000 of them, so chosen that every sum by day
 * or week is in both: same customers, features, models and days.
 */
@Timeout(900)
class BoundedReadsIT {
  private static final int MANY = 100_000;
  private static final int FEW = 1_000;
  private static final Instant TO = Instant.parse("2026-06-04T00:00:00Z");
  private static final LoadShape SHAPE = new LoadShape(MANY, 5, 3, 24, 7, TO);
  private static final UsageLayout LAYOUT = UsageLayout.DEFAULT;
  private static final Tables TABLES = new Tables("control", "usage");
  private static final String RANGE = "from=2026-06-01T00:00:00Z&to=2026-06-04T00:00:00Z";

  /** A session, its operator and the like. */
  private static final int TO_LET_IN = 4;

  /** A range that is no whole week is made of days. */
  private static final int CUSTOMERS_OF_A_WEEK_BY_DAY = 5 * 3;

  @TempDir static Path folder;
  private static QueriedLedger many;
  private static QueriedLedger few;

  @BeforeAll
  static void load() throws Exception {
    List<Session> all = new ArrayList<>();
    MadeUpUsage usage = new MadeUpUsage(SHAPE, LAYOUT, PriceBook.bundled(), "dev");
    usage.days().forEach(day -> usage.sessions(day, all::add));
    many = ledger(all, folder.resolve("many.db"));
    few = ledger(someOfEachSum(all), folder.resolve("few.db"));
  }

  @AfterAll
  static void stop() {
    many.close();
    few.close();
  }

  private static QueriedLedger ledger(List<Session> sessions, Path file)
      throws IOException, InterruptedException {
    try (StoreFile store = new StoreFile(DynoxideBinary.find(), TABLES, file)) {
      new LedgerLoad(store, LAYOUT).run(sessions);
    }
    return QueriedLedger.open(file, TABLES, Map.of(), Clock.fixed(TO, ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usage/summary?",
        "usage/summary?compare=previous&",
        "usage/summary?customer_id=customer-0001&",
        "usage/summary?feature_id=chat&",
        "usage/series?bucket=day&",
        "usage/series?bucket=day&group_by=model&",
        "usage/series?bucket=day&group_by=feature&",
        "usage/series?bucket=day&group_by=provider&",
        "usage/series?bucket=day&group_by=customer&",
        "usage/series?bucket=week&group_by=model&",
        "usage/series?bucket=day&group_by=model&feature_id=chat&",
        "usage/series?bucket=day&group_by=model&customer_id=customer-0001&",
        "usage/series?bucket=day&group_by=user&customer_id=customer-0001&",
        "usage/breakdown?group_by=model&",
        "usage/breakdown?group_by=feature&compare=previous&",
        "usage/breakdown?group_by=provider&",
        "usage/breakdown?group_by=customer&",
        "usage/breakdown?group_by=customer&feature_id=chat&",
        "usage/breakdown?group_by=customer&provider=ANTHROPIC&model=claude-sonnet-4-5&",
        "usage/breakdown?group_by=user&customer_id=customer-0001&",
        "customers?",
        "options?kind=customer&",
        "options?kind=feature&",
        "options?kind=model&",
        "options?kind=provider&",
        "options?kind=user&customer_id=customer-0001&",
        "late-changes?",
        "events?customer_id=customer-0001&"
      })
  void route_ofAHundredTimesTheEvents_readsAsManyItems(String route) throws Exception {
    assertReadsTheSame("/v1/" + route + RANGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usage?",
        "usage?groupBy=month&",
        "usage?customerId=customer-0001&",
        "costs?",
        "costs?customerId=customer-0001&provider=ANTHROPIC&",
        "cost-breakdown?",
        "cost-breakdown?featureId=chat,search&"
      })
  void analytics_ofAHundredTimesTheEvents_readAsManyItems(String route) throws Exception {
    assertReadsTheSame(
        "/v1/analytics/" + route + "startDate=2026-06-01T00:00:00Z&endDate=2026-06-04T00:00:00Z");
  }

  /** The customers of that time, and of each an item for each use of that user on each day. */
  @Test
  void analyticsOfAUserOfAnyCustomer_ofManyEvents_readsAtMostAnItemForEachCustomersUse()
      throws Exception {
    String target =
        "/v1/analytics/usage?start_date=2026-06-01&end_date=2026-06-03&user_id=customer-0001-user-1";

    assertThat(print(target))
        .as(target)
        .isGreaterThan(CUSTOMERS_OF_A_WEEK_BY_DAY + TO_LET_IN)
        .isLessThanOrEqualTo(5 * (1 + 3 * 84) + CUSTOMERS_OF_A_WEEK_BY_DAY + TO_LET_IN);
  }

  /** What is skipped is read: offset and limit, and a chunk of each lane at most. */
  @ParameterizedTest
  @CsvSource({"0, 50", "150, 50", "900, 100"})
  void feedByOffset_ofManyEvents_readsABoundedNumber(int offset, int limit) throws Exception {
    String target = "/v1/events?offset=%d&limit=%d&%s".formatted(offset, limit, RANGE);

    assertThat(print(target))
        .as(target)
        .isPositive()
        .isLessThanOrEqualTo(offset + limit + 12 + 800 + TO_LET_IN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"usage/forecast", "usage/forecast?customer_id=customer-0001", "pipeline"})
  void routeWithoutRange_ofAHundredTimesTheEvents_readsAsManyItems(String route) throws Exception {
    assertReadsTheSame("/v1/" + route);
  }

  /**
   * Few events do not fall into each hour: so these have a bound only, an item for each of 72
   * hours, each group and, for all customers, each of 4 shards. There are 5 customers, each in one
   * shard, 14 models (3 that are not priced and 3 that are not named among them) and 6 features, so
   * 84 uses; by hour and feature, uses are read.
   */
  @ParameterizedTest
  @CsvSource({
    "bucket=hour, 288",
    "bucket=hour&group_by=model, 4032",
    "bucket=hour&group_by=provider, 4032",
    "bucket=hour&group_by=feature, 24192",
    "bucket=hour&group_by=customer, 360",
    "bucket=hour&customer_id=customer-0001, 6048",
    "bucket=day&time_zone=Europe/Berlin, 288",
    "bucket=day&group_by=model&time_zone=America/Los_Angeles, 4032",
    "bucket=day&group_by=feature&time_zone=Asia/Kolkata, 24192",
    "bucket=day&group_by=customer&time_zone=Europe/Berlin, 360"
  })
  void seriesByHour_ofManyEvents_readsAtMostAnItemForEachHourAndGroup(String query, int bound)
      throws Exception {
    String target = "/v1/usage/series?" + query + "&" + RANGE;

    assertThat(print(target)).as(target).isPositive().isLessThanOrEqualTo(bound + TO_LET_IN);
  }

  /** A page's events, and a chunk of each lane at most that it did not need. */
  @ParameterizedTest
  @CsvSource({"'', 80", "&status=unaccounted, 2800"})
  void feed_ofManyEvents_readsABoundedNumberForItsFirstPage(String filter, int more)
      throws Exception {
    String target = "/v1/events?limit=50" + filter + "&" + RANGE;

    assertThat(EventFeed.ITEMS_AT_MOST + LAYOUT.feedShards() * 200).isEqualTo(2_800);
    assertThat(print(target)).as(target).isPositive().isLessThanOrEqualTo(50 + more + TO_LET_IN);
  }

  private static void assertReadsTheSame(String target) throws Exception {
    int ofMany = print(target);

    assertThat(ofMany).as(target).isEqualTo(few.itemsRead(target)).isPositive();
  }

  private static int print(String target) throws Exception {
    int ofMany = many.itemsRead(target);
    System.out.printf(
        "items read of %,d events %,6d, of %,d events %,6d: %s%n",
        FEW, few.itemsRead(target), MANY, ofMany, target);
    return ofMany;
  }

  /** The first events that each sum by day or week counts, filled up with others. */
  private static List<Session> someOfEachSum(List<Session> all) {
    Set<RollupKey> covered = new HashSet<>();
    List<Session> chosen = new ArrayList<>();
    List<Session> others = new ArrayList<>();
    for (Session session : all) {
      for (StoredEvent stored : session.events()) {
        boolean isNew = false;
        for (RollupKey key : RollupFold.keys(stored.event(), session.rollupShard())) {
          isNew |= isReadByDay(key) && covered.add(key);
        }
        (isNew ? chosen : others).add(new Session(session.rollupShard(), List.of(stored)));
      }
    }
    assertThat(chosen).hasSizeLessThanOrEqualTo(FEW);
    chosen.addAll(others.subList(0, FEW - chosen.size()));
    return chosen;
  }

  /** By a case above. */
  private static boolean isReadByDay(RollupKey key) {
    return key.grain() != Grain.HOUR
        && switch (key.scope()) {
          case RollupScope.All(), RollupScope.OfFeature(_), RollupScope.OfModel(_, _) -> true;
          case RollupScope.OfCustomer(String customer) -> customer.equals("customer-0001");
          case RollupScope.OfUser _ -> false;
        };
  }
}
