package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads sums from rollup items; never an event. How many items that takes depends on the length of
 * the time and the number of features and models, not on the number of events. Safe for use by many
 * threads.
 *
 * <p>Ranges are {@code [from, to)} in UTC, on whole hours or whole days as each method says, and an
 * {@link IllegalArgumentException} where they are not, or where they would take more than {@link
 * #QUERIES_AT_MOST} queries.
 */
public final class RollupReader {
  /** A year of hours takes 365 queries for one customer, four times that for all. */
  public static final int QUERIES_AT_MOST = 2_000;

  private static final int AT_ONCE = 16;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final UsageLayout layout;

  public RollupReader(DynamoDbClient dynamoDb, String usageTable, UsageLayout layout) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
    this.layout = layout;
  }

  /** Everything that matches, in whole hours. */
  public Rollup sum(RollupFilter filter, Instant from, Instant to) {
    return uses(filter, from, to).stream().map(RollupRow::sum).reduce(Rollup.NONE, Rollup::plus);
  }

  /**
   * By feature, provider and model, in whole hours: a row a day where the range covers whole days,
   * a row an hour at its ends. For breakdowns.
   */
  public List<RollupRow<RollupDimension.Use>> uses(RollupFilter filter, Instant from, Instant to) {
    return uses(filter, RollupSpan.cover(from, to));
  }

  /** As {@link #uses}, all rows of one grain, on which the range must begin and end. For series. */
  public List<RollupRow<RollupDimension.Use>> series(
      RollupFilter filter, Grain grain, Instant from, Instant to) {
    return uses(
        filter,
        switch (grain) {
          case DAY -> RollupSpan.days(from, to);
          case HOUR -> RollupSpan.hours(from, to);
        });
  }

  /** By customer, in whole hours. */
  public List<RollupRow<RollupDimension.Customer>> customers(Instant from, Instant to) {
    return rows(
        new RollupScope.All(),
        RollupDimension.Kind.CUSTOMER,
        RollupSpan.cover(from, to),
        RollupDimension.Customer.class);
  }

  /** By user of one customer, in whole days. */
  public List<RollupRow<RollupDimension.User>> users(String customerId, Instant from, Instant to) {
    return rows(
        new RollupScope.OfCustomer(customerId),
        RollupDimension.Kind.USER,
        RollupSpan.days(from, to),
        RollupDimension.User.class);
  }

  /** The days of a month on which anything matches. */
  NavigableSet<Instant> days(RollupFilter filter, YearMonth month) {
    Instant from = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant to = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    NavigableSet<Instant> days = new TreeSet<>();
    for (RollupRow<RollupDimension.Use> row : series(filter, Grain.DAY, from, to)) {
      days.add(row.start());
    }
    return days;
  }

  private List<RollupRow<RollupDimension.Use>> uses(RollupFilter filter, List<RollupSpan> spans) {
    return rows(filter.scope(), RollupDimension.Kind.USE, spans, RollupDimension.Use.class).stream()
        .filter(row -> filter.matches(row.dimension()))
        .toList();
  }

  private <D extends RollupDimension> List<RollupRow<D>> rows(
      RollupScope scope, RollupDimension.Kind kind, List<RollupSpan> spans, Class<D> type) {
    int shards = scope instanceof RollupScope.All ? layout.rollupShards() : 1;
    if ((long) spans.size() * shards > QUERIES_AT_MOST) {
      throw new IllegalArgumentException("the range would take too many queries");
    }
    List<QueryRequest> queries = new ArrayList<>();
    List<Function<Map<String, AttributeValue>, RollupRow<D>>> readers = new ArrayList<>();
    for (RollupSpan span : spans) {
      for (int shard = 0; shard < shards; shard++) {
        queries.add(
            query(RollupKey.partition(scope, shard, span.grain(), kind, span.bucket()), span));
        readers.add(item -> row(item, span, kind, type));
      }
    }
    // A sum from which the last event was moved elsewhere stays as an item of nothing.
    return inParallel(queries, readers).stream().filter(row -> row.sum().events() != 0).toList();
  }

  private QueryRequest query(String partition, RollupSpan span) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :last")
        .expressionAttributeValues(
            Map.of(
                ":pk", text(partition),
                ":first", text(span.first() + "#"),
                // The character after #: all keys of the last slot lie before it.
                ":last", text(span.last() + "$")))
        .build();
  }

  private static <D extends RollupDimension> RollupRow<D> row(
      Map<String, AttributeValue> item, RollupSpan span, RollupDimension.Kind kind, Class<D> type) {
    String sort = item.get("sk").s();
    return new RollupRow<>(
        span.grain(),
        span.grain().start(span.bucket(), RollupKey.slot(sort)),
        type.cast(RollupKey.dimension(kind, sort)),
        RollupItem.read(item));
  }

  private <T> List<T> inParallel(
      List<QueryRequest> queries, List<Function<Map<String, AttributeValue>, T>> readers) {
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<List<T>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < queries.size(); i++) {
        QueryRequest query = queries.get(i);
        Function<Map<String, AttributeValue>, T> reader = readers.get(i);
        answers.add(
            threads.submit(
                () -> {
                  places.acquire();
                  try {
                    return dynamoDb.queryPaginator(query).items().stream().map(reader).toList();
                  } finally {
                    places.release();
                  }
                }));
      }
      List<T> rows = new ArrayList<>();
      for (Future<List<T>> answer : answers) {
        rows.addAll(result(answer));
      }
      return rows;
    }
  }

  private static <T> T result(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a query of rollups failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading rollups", e);
    }
  }
}
