package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import io.openmonetize.events.Provider;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads sums from rollup items; never an event. How many items that takes depends on the length of
 * the time and the number of features, models, customers or users, not on the number of events.
 * Safe for use by many threads.
 *
 * <p>Times are given by their edges, in UTC, on whole hours or whole days as each method says, and
 * the answer has a sum for each time between two edges. An {@link IllegalArgumentException} says
 * that the edges are not whole, a {@link RangeTooLongException} that they would take more than
 * {@link #QUERIES_AT_MOST} queries.
 *
 * <p>A sum's {@code updatedAt} is exact where its time is made of whole slots; else it may be that
 * of an event of the same day outside of it. What is booked while it is read may be in it or not.
 */
public final class RollupReader {
  /** A year of hours takes 365 queries for one customer, four times that for all. */
  public static final int QUERIES_AT_MOST = 2_000;

  /** An item takes some 2 KB while it is read: no answer fills a function's memory. */
  static final int ITEMS_AT_MOST = 150_000;

  /** Groups times the times between edges. */
  static final int SUMS_AT_MOST = 500_000;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final UsageLayout layout;
  private final Clock clock;

  /** By what uses are told apart. */
  public enum By {
    WHOLE,
    MODEL,
    FEATURE,
    /** By model and feature. */
    USE
  }

  public RollupReader(DynamoDbClient dynamoDb, String usageTable, UsageLayout layout) {
    this(dynamoDb, usageTable, layout, Clock.systemUTC());
  }

  /**
   * @param clock by which a range that ends in the future takes fewer items
   */
  public RollupReader(DynamoDbClient dynamoDb, String usageTable, UsageLayout layout, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
    this.layout = layout;
    this.clock = clock;
  }

  /** Everything that matches, in whole hours. */
  public Rollup sum(RollupFilter filter, Instant from, Instant to) {
    return whole(filter, List.of(from, to)).getFirst();
  }

  /** Everything that matches, in whole hours: a sum for each time between two edges. */
  public List<Rollup> whole(RollupFilter filter, List<Instant> edges) {
    return uses(filter, By.WHOLE, edges, _ -> true)
        .getOrDefault(true, edges.stream().skip(1).map(_ -> Rollup.NONE).toList());
  }

  /**
   * What matches by what was used for what, in whole hours.
   *
   * @param by what the group looks at of a use; the rest of it may be missing
   * @param group in which a use is counted
   */
  public <K> Map<K, List<Rollup>> uses(
      RollupFilter filter, By by, List<Instant> edges, Function<RollupDimension.Use, K> group) {
    return read(
        filter.scope(),
        kinds(filter, by),
        plan(edges, Grain.HOUR, Grain.DAY),
        dimension -> {
          RollupDimension.Use use = use(dimension);
          return use != null && filter.matches(use) ? group.apply(use) : null;
        });
  }

  /** The kind with the fewest items of each grain that tells apart what must be. */
  private static Function<Grain, RollupDimension.Kind> kinds(RollupFilter filter, By by) {
    boolean byModel =
        by == By.MODEL || by == By.USE || filter.provider() != null || filter.model() != null;
    boolean byFeature = by == By.FEATURE || by == By.USE || filter.featureId() != null;
    if (filter.customerId() != null || byModel && byFeature) {
      return _ -> RollupDimension.Kind.USE;
    }
    if (byModel) {
      return _ -> RollupDimension.Kind.MODEL;
    }
    if (byFeature) {
      return grain -> grain == Grain.DAY ? RollupDimension.Kind.FEATURE : RollupDimension.Kind.USE;
    }
    return _ -> RollupDimension.Kind.WHOLE;
  }

  /** What an item says of a use: no more than its kind tells apart. */
  private static RollupDimension.@Nullable Use use(RollupDimension dimension) {
    return switch (dimension) {
      case RollupDimension.Use use -> use;
      case RollupDimension.Whole() -> new RollupDimension.Use("", null, null);
      case RollupDimension.Model(Provider provider, String model) ->
          new RollupDimension.Use("", provider, model);
      case RollupDimension.Feature(String featureId) ->
          new RollupDimension.Use(featureId, null, null);
      case RollupDimension.Customer _, RollupDimension.User _ -> null;
    };
  }

  /** Everything by customer, in whole hours. */
  public Map<String, List<Rollup>> customers(List<Instant> edges) {
    return customers(new RollupScope.All(), plan(edges, Grain.HOUR, Grain.WEEK));
  }

  /** One feature by customer, in whole days. */
  public Map<String, List<Rollup>> customersOf(RollupScope.OfFeature feature, List<Instant> edges) {
    return customers(feature, plan(edges, Grain.DAY, Grain.DAY));
  }

  /** One model by customer, in whole days. */
  public Map<String, List<Rollup>> customersOf(RollupScope.OfModel model, List<Instant> edges) {
    return customers(model, plan(edges, Grain.DAY, Grain.DAY));
  }

  /** One customer by user, in whole days. */
  public Map<RollupDimension.User, List<Rollup>> users(String customerId, List<Instant> edges) {
    return read(
        new RollupScope.OfCustomer(customerId),
        _ -> RollupDimension.Kind.USER,
        plan(edges, Grain.DAY, Grain.DAY),
        dimension -> dimension instanceof RollupDimension.User user ? user : null);
  }

  /**
   * The days of a month whose sums are wanted.
   *
   * @param by {@link By#WHOLE} reads the least; {@link By#USE} knows of events of every {@link
   *     SumLayout}
   */
  public NavigableSet<Instant> days(
      RollupFilter filter, By by, YearMonth month, Predicate<Rollup> wanted) {
    List<Instant> edges = new ArrayList<>();
    for (int day = 0; day <= month.lengthOfMonth(); day++) {
      edges.add(month.atDay(1).plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    List<Rollup> sums = uses(filter, by, edges, _ -> true).getOrDefault(true, List.of());
    NavigableSet<Instant> days = new TreeSet<>();
    for (int day = 0; day < sums.size(); day++) {
      if (wanted.test(sums.get(day))) {
        days.add(edges.get(day));
      }
    }
    return days;
  }

  private Map<String, List<Rollup>> customers(RollupScope scope, RollupPlan plan) {
    return read(
        scope,
        _ -> RollupDimension.Kind.CUSTOMER,
        plan,
        dimension ->
            dimension instanceof RollupDimension.Customer(String customerId) ? customerId : null);
  }

  private RollupPlan plan(List<Instant> edges, Grain finest, Grain coarsest) {
    return RollupPlan.of(edges, finest, coarsest, clock.instant());
  }

  /**
   * @param kinds for each grain
   * @param group null for what is not to be counted
   */
  private <K> Map<K, List<Rollup>> read(
      RollupScope scope,
      Function<Grain, RollupDimension.Kind> kinds,
      RollupPlan plan,
      Function<RollupDimension, @Nullable K> group) {
    record Read(RollupSpan span, List<Map<String, AttributeValue>> items) {}
    AtomicInteger found = new AtomicInteger();
    List<Callable<Read>> queries = new ArrayList<>();
    for (RollupSpan span : plan.spans()) {
      RollupDimension.Kind kind = kinds.apply(span.grain());
      for (int shard = 0; shard < shards(scope, kind); shard++) {
        String partition = RollupKey.partition(scope, shard, span.grain(), kind, span.bucket());
        queries.add(() -> new Read(span, items(partition, span, found)));
      }
    }
    if (queries.size() > QUERIES_AT_MOST) {
      throw new RangeTooLongException(queries.size(), "queries");
    }
    Map<K, RollupSums> sums = new HashMap<>();
    Map<String, Optional<RollupSums>> byDimension = new HashMap<>();
    for (Read read : InParallel.call(queries)) {
      Grain grain = read.span.grain();
      RollupDimension.Kind kind = kinds.apply(grain);
      String slot = "";
      List<RollupPlan.Share> shares = List.of();
      for (Map<String, AttributeValue> item : read.items) {
        String sort = item.get("sk").s();
        if (!RollupKey.slot(sort).equals(slot)) {
          slot = RollupKey.slot(sort);
          shares = plan.shares(grain, grain.start(read.span.bucket(), slot));
        }
        List<RollupPlan.Share> ofSlot = shares;
        // Each comes once a slot, and is taken apart once.
        byDimension
            .computeIfAbsent(
                kind.code() + sort.substring(slot.length()),
                _ ->
                    Optional.ofNullable(group.apply(RollupKey.dimension(kind, sort)))
                        .map(key -> sums.computeIfAbsent(key, _ -> sums(plan, sums.size()))))
            .ifPresent(sum -> sum.add(item, ofSlot));
      }
    }
    Map<K, List<Rollup>> finished = new HashMap<>();
    sums.forEach(
        (key, sum) -> {
          List<Rollup> parts = sum.finish();
          if (parts.stream().anyMatch(Rollup::hasEvents)) {
            finished.put(key, parts);
          }
        });
    return finished;
  }

  private int shards(RollupScope scope, RollupDimension.Kind kind) {
    return switch (scope) {
      case RollupScope.All _ ->
          kind == RollupDimension.Kind.CUSTOMER ? RollupKey.CUSTOMER_SHARDS : layout.rollupShards();
      case RollupScope.OfFeature _, RollupScope.OfModel _ -> RollupKey.CUSTOMER_SHARDS;
      case RollupScope.OfCustomer _, RollupScope.OfUser _ -> 1;
    };
  }

  private static RollupSums sums(RollupPlan plan, int others) {
    long all = (others + 1L) * plan.parts();
    if (all > SUMS_AT_MOST) {
      throw new RangeTooLongException(all, "sums or more");
    }
    return new RollupSums(plan.parts());
  }

  /**
   * @param found how many items all queries have found so far
   */
  private List<Map<String, AttributeValue>> items(
      String partition, RollupSpan span, AtomicInteger found) {
    QueryRequest query =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :last")
            .expressionAttributeValues(
                Map.of(
                    ":pk", text(partition),
                    ":first", text(span.first() + "#"),
                    // The character after #: all keys of the last slot lie before it.
                    ":last", text(span.last() + "$")))
            .build();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (QueryResponse page : dynamoDb.queryPaginator(query)) {
      int all = found.addAndGet(page.items().size());
      if (all > ITEMS_AT_MOST) {
        throw new RangeTooLongException(all, "items or more");
      }
      items.addAll(page.items());
    }
    return items;
  }
}
