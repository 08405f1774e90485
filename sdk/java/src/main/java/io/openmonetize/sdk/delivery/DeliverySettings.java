package io.openmonetize.sdk.delivery;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What delivery is told. The bounds are checked where they are set.
 *
 * @param endpoint where batches go
 * @param apiKey null or empty: nothing is sent
 * @param maxBatchSize events a request, 1 to 1,000
 * @param flushInterval how long an event waits for others; 0 for ever
 * @param maxQueueSize events not settled, at least 1
 * @param maxRetries tries of a batch after the first
 * @param timeout of one request
 */
public record DeliverySettings(
    URI endpoint,
    @Nullable String apiKey,
    int maxBatchSize,
    Duration flushInterval,
    int maxQueueSize,
    int maxRetries,
    Duration timeout) {
  /** Of a request's body, its frame included. */
  static final int BODY_BYTES_AT_MOST = 1_000_000;

  /** {@code {"events":[]}}. */
  static final int FRAME_BYTES = 13;

  /** Of all events that are not settled. */
  static final long QUEUE_BYTES_AT_MOST = 32L * 1024 * 1024;

  /** Of the events of one request, the comma after each counted. */
  static final int EVENTS_BYTES_AT_MOST = BODY_BYTES_AT_MOST - FRAME_BYTES;

  /** Without the key. */
  @Override
  public String toString() {
    return "DeliverySettings[" + endpoint + "]";
  }
}
