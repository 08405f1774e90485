package io.openmonetize.bench.worker;

import com.sun.management.ThreadMXBean;
import io.openmonetize.config.Environment;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.TransactionBodies;
import io.openmonetize.storage.UsageLayout;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What one transaction of as many events as fit costs one thread, without any socket: reading the
 * messages, pricing, folding and making the actions, and what the AWS SDK does with them.
 */
final class Stages {
  /** With the sums of one user and of some models and features, near the 100 actions that fit. */
  static final int EVENTS = 50;

  static final List<String> NAMES =
      List.of("read the messages", "price", "fold and make the actions", "marshal and sign");

  private Stages() {}

  /** Nanoseconds of thread time of each stage, then allocated bytes of each, apart by blanks. */
  static String measure(Environment environment, Mix mix, int batches) {
    PriceBook book = PriceBook.of(environment);
    long[] nanos = new long[NAMES.size()];
    long[] bytes = new long[NAMES.size()];
    Meter meter = new Meter(nanos, bytes);
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClient(new NoHttp())
            .overrideConfiguration(
                o ->
                    o.retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new TransactionBodies()))
            .build()) {
      for (int i = 0; i < batches; i++) {
        run(MadeUpBatches.batch(mix, Instant.now()), book, client, meter);
      }
    }
    StringJoiner numbers = new StringJoiner(" ");
    for (long each : nanos) {
      numbers.add(Long.toString(each / batches / EVENTS));
    }
    for (long each : bytes) {
      numbers.add(Long.toString(each / batches / EVENTS));
    }
    return numbers.toString();
  }

  private static void run(List<String> batch, PriceBook book, DynamoDbClient client, Meter meter) {
    List<String> messages = batch.subList(0, EVENTS);
    Instant now = Instant.now();
    meter.start();
    List<UsageEvent> events = new ArrayList<>();
    for (String message : messages) {
      events.add(event(message));
    }
    meter.end(0);
    List<StoredEvent> stored = new ArrayList<>();
    for (UsageEvent event : events) {
      stored.add(new StoredEvent(event, book.price(event), now));
    }
    meter.end(1);
    LedgerChange change = new LedgerChange("usage", UsageLayout.DEFAULT, 0);
    stored.forEach(change::put);
    List<TransactWriteItem> actions = change.actions();
    meter.end(2);
    client.transactWriteItems(t -> t.transactItems(actions));
    meter.end(3);
  }

  private static UsageEvent event(String body) {
    try {
      if (QueueMessageJson.read(body) instanceof QueueMessage.Event(UsageEvent event)) {
        return event;
      }
    } catch (MalformedEventException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("a message is no event");
  }

  private static final class Meter {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] nanos;
    private final long[] bytes;
    private long nanosBefore;
    private long bytesBefore;

    Meter(long[] nanos, long[] bytes) {
      this.nanos = nanos;
      this.bytes = bytes;
    }

    void start() {
      nanosBefore = threads.getCurrentThreadCpuTime();
      bytesBefore = threads.getCurrentThreadAllocatedBytes();
    }

    void end(int stage) {
      nanos[stage] += threads.getCurrentThreadCpuTime() - nanosBefore;
      bytes[stage] += threads.getCurrentThreadAllocatedBytes() - bytesBefore;
      start();
    }
  }
}
