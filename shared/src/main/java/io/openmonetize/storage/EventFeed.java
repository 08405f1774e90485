package io.openmonetize.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lists events, newest first, of one customer or of all. Safe for use by many threads.
 *
 * <p>A feed is cut into days. A page begins with the day at its position; when that day has too
 * little, the day rollups say which earlier day has any event that may match, so a feed with gaps
 * of months costs no query for each empty day. For all customers a day has some shards, merged as
 * they are read. Whatever the filters, a page ends early, with a cursor, once it has read {@link
 * #ITEMS_AT_MOST} items; the last chunk of each shard may go beyond.
 */
public final class EventFeed {
  /** How many items one page reads before it gives back what it found. */
  public static final int ITEMS_AT_MOST = 2_000;

  /** The most events a page can hold. */
  public static final int LIMIT_AT_MOST = 500;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final UsageLayout layout;
  private final RollupReader rollups;

  public EventFeed(DynamoDbClient dynamoDb, String usageTable, UsageLayout layout) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
    this.layout = layout;
    this.rollups = new RollupReader(dynamoDb, usageTable, layout);
  }

  /**
   * @param from the earliest time, included
   * @param to the latest time, not included; both in years of four digits
   * @param limit how many events at most, from 1 to {@link #LIMIT_AT_MOST}
   * @param cursor of the page before, with the same filter and times; null for the first page
   * @throws InvalidCursorException when the cursor is no text of ours; one that was made for
   *     another filter only begins at another place
   */
  public EventPage page(
      EventFilter filter, Instant from, Instant to, int limit, @Nullable String cursor)
      throws InvalidCursorException {
    if (limit < 1 || limit > LIMIT_AT_MOST) {
      throw new IllegalArgumentException("a page has from 1 to " + LIMIT_AT_MOST + " events");
    }
    FeedPosition start = FeedPosition.before(ceiling(to));
    if (cursor != null) {
      start = start.earlier(FeedPosition.ofCursor(cursor));
    }
    PageInProgress page = new PageInProgress(filter, from, to, limit, start);
    DaysWithEvents days = new DaysWithEvents(rollups, filter.rollups());
    LocalDate firstDay = FeedKey.day(from);
    LocalDate day = start.day();
    while (day != null
        && !day.isBefore(firstDay)
        && read(day, page)
        && page.passed(FeedKey.start(day))) {
      day = dayBefore(day, firstDay, days, page);
    }
    return page.finish();
  }

  /** Merges the day's lanes; false when the page ends within them. */
  private boolean read(LocalDate day, PageInProgress page) {
    List<FeedLane> lanes = lanes(day, page);
    // The merge needs the first of each: one after another would be a round trip a shard.
    InParallel.call(
        lanes.stream()
            .<Callable<FeedLane>>map(
                lane ->
                    () -> {
                      lane.readFirst();
                      return lane;
                    })
            .toList());
    while (true) {
      FeedLane newest = null;
      Map<String, AttributeValue> item = null;
      for (FeedLane lane : lanes) {
        Map<String, AttributeValue> candidate = lane.peek(page);
        if (candidate != null
            && (item == null || lane.sort(candidate).compareTo(lane.sort(item)) > 0)) {
          newest = lane;
          item = candidate;
        }
      }
      if (newest == null || item == null) {
        return true;
      }
      if (!page.add(EventItem.read(item), newest.sort(item))) {
        return false;
      }
      newest.take();
    }
  }

  private List<FeedLane> lanes(LocalDate day, PageInProgress page) {
    Instant start = FeedKey.start(day);
    String least = FeedKey.time(page.from().isAfter(start) ? page.from() : start);
    String above =
        FeedPosition.before(FeedKey.start(day.plusDays(1))).earlier(page.position()).sort();
    if (least.compareTo(above) > 0) {
      return List.of();
    }
    String customerId = page.filter().customerId();
    Stream<FeedLane.Partition> partitions =
        customerId != null
            ? Stream.of(
                new FeedLane.Partition(
                    FeedLane.Index.CUSTOMER, FeedKey.customerPartition(customerId, day)))
            : IntStream.range(0, layout.feedShards())
                .mapToObj(
                    shard ->
                        new FeedLane.Partition(
                            FeedLane.Index.DAY, FeedKey.dayPartition(day, shard)));
    int chunk = page.chunk(customerId != null ? 1 : layout.feedShards());
    return partitions.map(p -> new FeedLane(dynamoDb, table, p, least, above, chunk)).toList();
  }

  /** The next earlier day on which something may match; null when there is none, or none yet. */
  private static @Nullable LocalDate dayBefore(
      LocalDate day, LocalDate firstDay, DaysWithEvents days, PageInProgress page) {
    YearMonth month = YearMonth.from(day.minusDays(1));
    while (!month.isBefore(YearMonth.from(firstDay))) {
      LocalDate earlier = days.before(day, month);
      if (earlier != null) {
        return earlier;
      }
      page.countMonth();
      if (!page.passed(FeedKey.start(month.atDay(1)))) {
        return null;
      }
      month = month.minusMonths(1);
    }
    return null;
  }

  private static Instant ceiling(Instant time) {
    Instant whole = time.truncatedTo(ChronoUnit.MILLIS);
    return whole.equals(time) ? time : whole.plusMillis(1);
  }
}
