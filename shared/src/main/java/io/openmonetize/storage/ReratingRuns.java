package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;
import static io.openmonetize.storage.Attributes.put;
import static io.openmonetize.storage.Attributes.text;
import static io.openmonetize.storage.Attributes.textOrNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The list of all re-ratings, in one partition of the usage table: there are few, each started by
 * an operator or by a new price book. Safe for use by many threads.
 */
public final class ReratingRuns {
  private static final String PARTITION = "RERATE";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public ReratingRuns(DynamoDbClient dynamoDb, String usageTable) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
  }

  /** A run that begins now, and is in the list from now on. */
  public ReratingRun start(
      ReratingScope scope, String priceBook, Instant now, RandomGenerator random) {
    Instant startedAt = now.truncatedTo(ChronoUnit.MILLIS);
    String id = FeedKey.time(startedAt) + "-" + HexFormat.of().toHexDigits(random.nextInt());
    ReratingRun run = new ReratingRun(id, startedAt, null, scope, priceBook, ReratingTotals.NONE);
    write(run);
    return run;
  }

  /** Says how far a run came, and that it is finished where it is. */
  public void end(ReratingRun run) {
    write(run);
  }

  /** The newest first. */
  public List<ReratingRun> list(int limit) {
    return dynamoDb
        .query(
            q ->
                q.tableName(table)
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", text(PARTITION)))
                    .scanIndexForward(false)
                    .limit(limit))
        .items()
        .stream()
        .map(ReratingRuns::read)
        .toList();
  }

  private void write(ReratingRun run) {
    ReratingTotals totals = run.totals();
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", text(PARTITION));
    item.put("sk", text(run.id()));
    item.put("started_at", text(run.startedAt().toString()));
    put(item, "finished_at", run.finishedAt() == null ? null : run.finishedAt().toString());
    item.put("from", text(run.scope().from().toString()));
    item.put("to", text(run.scope().to().toString()));
    put(item, "customer_id", run.scope().customerId());
    item.put("only_unpriced", AttributeValue.fromBool(run.scope().onlyUnpriced()));
    item.put("price_book", text(run.priceBook()));
    item.put("events", number(totals.events()));
    item.put("corrected", number(totals.corrected()));
    item.put("before_usd", number(totals.beforeUsd()));
    item.put("after_usd", number(totals.afterUsd()));
    item.put("unpriced_before", number(totals.unpricedBefore()));
    item.put("unpriced_after", number(totals.unpricedAfter()));
    dynamoDb.putItem(p -> p.tableName(table).item(item));
  }

  private static ReratingRun read(Map<String, AttributeValue> item) {
    String finishedAt = textOrNull(item, "finished_at");
    return new ReratingRun(
        item.get("sk").s(),
        Instant.parse(item.get("started_at").s()),
        finishedAt == null ? null : Instant.parse(finishedAt),
        new ReratingScope(
            Instant.parse(item.get("from").s()),
            Instant.parse(item.get("to").s()),
            textOrNull(item, "customer_id"),
            item.get("only_unpriced").bool()),
        item.get("price_book").s(),
        new ReratingTotals(
            Long.parseLong(item.get("events").n()),
            Long.parseLong(item.get("corrected").n()),
            new BigDecimal(item.get("before_usd").n()),
            new BigDecimal(item.get("after_usd").n()),
            Long.parseLong(item.get("unpriced_before").n()),
            Long.parseLong(item.get("unpriced_after").n())));
  }
}
