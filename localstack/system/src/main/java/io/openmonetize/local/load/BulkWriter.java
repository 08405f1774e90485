package io.openmonetize.local.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Puts many items into a table, 25 with each request, some requests at once. */
public final class BulkWriter implements ItemSink, AutoCloseable {
  /** DynamoDB's limit for one BatchWriteItem. */
  private static final int ITEMS_AT_ONCE = 25;

  /** As many idle connections as the JDK's HTTP client keeps. */
  private static final int REQUESTS_AT_ONCE = 5;

  private static final Duration BUSY = Duration.ofMillis(200);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(REQUESTS_AT_ONCE);
  private final List<Future<?>> running = new ArrayList<>();
  private List<WriteRequest> waiting = new ArrayList<>();

  public BulkWriter(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Waits while too many requests are under way. */
  @Override
  public void put(Map<String, AttributeValue> item) {
    waiting.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
    if (waiting.size() == ITEMS_AT_ONCE) {
      send();
    }
  }

  @Override
  public void flush() {
    send();
    running.forEach(BulkWriter::result);
    running.clear();
  }

  @Override
  public void close() {
    threads.close();
  }

  private void send() {
    if (waiting.isEmpty()) {
      return;
    }
    List<WriteRequest> batch = waiting;
    waiting = new ArrayList<>();
    places.acquireUninterruptibly();
    running.removeIf(
        request -> {
          if (request.isDone()) {
            result(request);
          }
          return request.isDone();
        });
    running.add(
        threads.submit(
            () -> {
              try {
                write(batch);
              } finally {
                places.release();
              }
              return null;
            }));
  }

  /** A busy server takes a part of the batch and gives back the rest. */
  private void write(List<WriteRequest> batch) throws InterruptedException {
    List<WriteRequest> left = batch;
    while (true) {
      List<WriteRequest> items = left;
      left =
          dynamoDb
              .batchWriteItem(b -> b.requestItems(Map.of(table, items)))
              .unprocessedItems()
              .getOrDefault(table, List.of());
      if (left.isEmpty()) {
        return;
      }
      Thread.sleep(BUSY);
    }
  }

  private static void result(Future<?> request) {
    try {
      request.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a batch could not be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", e);
    }
  }
}
