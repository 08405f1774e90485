package io.openmonetize.bench.micro;

import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import io.openmonetize.worker.Booking;
import io.openmonetize.worker.Ledger;
import io.openmonetize.worker.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * A batch of priced events of one customer, folded and put into transactions as the worker does it,
 * up to the client of DynamoDB, which here takes all at once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Unit("event")
public class FoldBenchmark {
  private static final int BATCH = 100;
  private static final Instant NOW = Samples.CALLED.plusSeconds(30);

  private final List<StoredEvent> batch =
      IntStream.range(0, BATCH)
          .mapToObj(Samples::event)
          .map(event -> new StoredEvent(event, PriceBook.bundled().price(event), NOW))
          .toList();
  private final Ledger ledger =
      new Ledger(
          new Booking(
              new Taker(),
              "usage",
              UsageLayout.DEFAULT,
              PriceBook.bundled()::price,
              IntentDelay.DEFAULT,
              Retention.FOR_EVER,
              new Random(1)));

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<Outcome> book() {
    return ledger.recordOnce(batch, () -> Duration.ofMinutes(1));
  }

  private static final class Taker implements DynamoDbClient {
    private static final TransactWriteItemsResponse TAKEN =
        TransactWriteItemsResponse.builder().build();

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      return TAKEN;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
