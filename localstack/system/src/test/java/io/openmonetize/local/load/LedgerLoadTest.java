package io.openmonetize.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.DynoxideBinary;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.Tables;
import io.openmonetize.storage.UsageLayout;
import io.openmonetize.worker.Booking;
import io.openmonetize.worker.Ledger;
import io.openmonetize.worker.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class LedgerLoadTest {
  /** One shard of sums, since the worker takes any of them. */
  private static final UsageLayout LAYOUT = new UsageLayout(4, 1);

  private static final LoadShape SHAPE =
      new LoadShape(400, 3, 2, 6, 5, Instant.parse("2026-06-30T12:30:00Z"));

  @TempDir Path folder;

  @Test
  void run_someUsage_leavesTheItemsThatTheWorkerLeaves() throws Exception {
    try (DynamoDbServer server = DynamoDbServer.start();
        DynamoDbClient client = server.client()) {
      Tables booked = new Tables("control", "booked");
      booked.create(client);
      Tables loaded = new Tables("control", "loaded");
      loaded.create(client);

      try (BulkWriter writer = new BulkWriter(client, loaded.usage())) {
        new LedgerLoad(writer, LAYOUT).run(usage(SHAPE), (events, sums) -> {});
      }

      Booking booking =
          new Booking(
              client,
              booked.usage(),
              LAYOUT,
              PriceBook.bundled()::price,
              IntentDelay.DEFAULT,
              Retention.FOR_EVER,
              new Random(1));
      assertThat(new Ledger(booking).recordOnce(events(SHAPE), () -> Duration.ofMinutes(2)))
          .containsOnly(new Outcome.Recorded());
      assertThat(items(client, loaded)).isEqualTo(items(client, booked)).isNotEmpty();
    }
  }

  @Test
  void storeFile_ofTheSame_holdsTheSame() throws Exception {
    Tables tables = new Tables("control", "usage");
    Path file = folder.resolve("tables.db");
    try (StoreFile store = new StoreFile(DynoxideBinary.find(), tables, file)) {
      new LedgerLoad(store, LAYOUT).run(usage(SHAPE), (events, sums) -> {});
    }

    try (DynamoDbServer server = DynamoDbServer.start(file, 0);
        DynamoDbClient client = server.client()) {
      Tables beside = new Tables("control", "beside");
      beside.create(client);
      try (BulkWriter writer = new BulkWriter(client, beside.usage())) {
        new LedgerLoad(writer, LAYOUT).run(usage(SHAPE), (events, sums) -> {});
      }
      assertThat(items(client, tables)).isEqualTo(items(client, beside)).isNotEmpty();
      assertThat(client.listTables().tableNames()).contains("control");
    }
    try (var left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.toString().endsWith(".load"));
    }
  }

  @Test
  void usage_ofTheSameShape_isTheSame() {
    assertThat(events(SHAPE)).isEqualTo(events(SHAPE)).hasSize(400);
  }

  @Test
  void usage_ofAMonth_hasPricesAndGaps() {
    List<StoredEvent> events =
        events(new LoadShape(20_000, 100, 30, 24, 1, Instant.parse("2026-06-30T12:30:00Z")));

    assertThat(events)
        .hasSize(20_000)
        .allMatch(e -> e.event().timestamp().isBefore(Instant.parse("2026-06-30T12:30:00Z")));
    assertThat(events.stream().map(e -> e.event().call().status()).distinct()).hasSize(5);
    assertThat(events.stream().map(e -> e.event().usage().status()).distinct()).hasSize(4);
    assertThat(events.stream().filter(e -> e.cost() instanceof Cost.Unpriced).count())
        .isBetween(200L, 600L);
  }

  private static MadeUpUsage usage(LoadShape shape) {
    return new MadeUpUsage(shape, LAYOUT, PriceBook.bundled(), "dev");
  }

  private static List<StoredEvent> events(LoadShape shape) {
    List<StoredEvent> events = new ArrayList<>();
    MadeUpUsage usage = usage(shape);
    usage.days().forEach(day -> usage.sessions(day, session -> events.addAll(session.events())));
    return events;
  }

  /** By key, less the time of a sum's last change, which says when each transaction came. */
  private static Map<String, Map<String, AttributeValue>> items(
      DynamoDbClient client, Tables tables) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    client
        .scanPaginator(s -> s.tableName(tables.usage()))
        .items()
        .forEach(
            item -> {
              Map<String, AttributeValue> kept = new HashMap<>(item);
              String partition = item.get("pk").s();
              if (partition.startsWith("ROLLUP#")) {
                kept.remove("at");
              }
              items.put(partition + " " + item.get("sk").s(), kept);
            });
    return items;
  }
}
