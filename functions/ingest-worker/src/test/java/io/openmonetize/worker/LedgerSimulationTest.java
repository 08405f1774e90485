package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.worker.FaultyStore.Fault;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Random batches with repetitions and contradictions, given to one worker, or to two at once and in
 * different order, over a store that loses answers, refuses and throttles; what a worker reports as
 * failed is delivered again, as SQS does. Whatever happens, the ledger's law must hold and each
 * identity must be booked once. {@code -Dledger.seed=N} plays one run again, {@code
 * -Dledger.runs=N} plays more.
 */
class LedgerSimulationTest extends StoreTest {
  private static final int DELIVERIES_AT_MOST = 50;

  static List<Long> seeds() {
    Long one = Long.getLong("ledger.seed");
    if (one != null) {
      return List.of(one);
    }
    return new Random().longs(Long.getLong("ledger.runs", 12L)).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void handleRequest_anyOrderRepetitionAndFault_booksEachIdentityOnce(long seed) throws Exception {
    Random random = new Random(seed);
    List<UsageEvent> reports = new Reports(seed).shuffled(1 + random.nextInt(40));
    try (FaultyStore store = new FaultyStore(server.endpoint(), faults(random));
        DynamoDbClient client = StoreClients.of(store.endpoint());
        ExecutorService workers = Executors.newFixedThreadPool(2)) {
      List<Future<?>> deliveries = new ArrayList<>();
      for (int i = 1 + random.nextInt(2); i > 0; i--) {
        List<UsageEvent> reordered = new ArrayList<>(reports);
        Collections.shuffle(reordered, random);
        deliveries.add(workers.submit(() -> deliver(reordered, worker(client, table))));
      }
      for (Future<?> delivery : deliveries) {
        delivery.get();
      }
    }
    List<StoredEvent> booked = LedgerAudit.check(direct, table);

    assertThat(booked).extracting(stored -> key(stored.event())).doesNotHaveDuplicates();
    assertThat(booked.stream().map(stored -> key(stored.event())).collect(Collectors.toSet()))
        .isEqualTo(reports.stream().map(LedgerSimulationTest::key).collect(Collectors.toSet()));
    assertThat(booked).extracting(StoredEvent::event).isSubsetOf(reports);
  }

  /** Faults come alone and in rows. */
  private static Supplier<Fault> faults(Random random) {
    Deque<Fault> row = new ArrayDeque<>();
    return () -> {
      synchronized (row) {
        if (row.isEmpty()) {
          Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
          int length = random.nextInt(4) == 0 ? 5 : 1;
          row.addAll(Collections.nCopies(random.nextInt(2) == 0 ? length : 0, fault));
          row.addAll(Collections.nCopies(1 + random.nextInt(3), Fault.NONE));
        }
        return row.remove();
      }
    };
  }

  private static WorkerFunction worker(DynamoDbClient client, String table) {
    return new WorkerFunction(
        new Ledger(Ledgers.booking(client, table)),
        new Intents((c, t, id) -> false, (intent, now) -> {}),
        (message, cause, hopeless) -> false,
        PriceBook.bundled()::price,
        Clock.systemUTC(),
        new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, Clock.systemUTC()));
  }

  private static void deliver(List<UsageEvent> reports, WorkerFunction worker) {
    List<UsageEvent> waiting = reports;
    for (int i = 0; !waiting.isEmpty(); i++) {
      assertThat(i).as("deliveries of one batch").isLessThan(DELIVERIES_AT_MOST);
      Set<Integer> failed = new HashSet<>();
      worker
          .book(Messages.of(waiting), Times.left(Duration.ofSeconds(20)))
          .forEach(id -> failed.add(Integer.valueOf(id)));
      List<UsageEvent> again = new ArrayList<>();
      for (int index : failed) {
        again.add(waiting.get(index));
      }
      waiting = again;
    }
  }

  private static EventKey key(UsageEvent event) {
    return new EventKey(event.attribution().customerId(), event.identity());
  }
}
