package io.openmonetize.sdk;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The settings as the builder checked them. URLs have no slash at their end. */
record ClientSettings(
    @Nullable String apiKey,
    String baseUrl,
    String proxyBaseUrl,
    int maxBatchSize,
    Duration flushInterval,
    int maxQueueSize,
    int maxRetries,
    Duration timeout,
    Duration shutdownTimeout,
    @Nullable Path spoolDirectory,
    long maxSpoolBytes) {
  /** Without the key. */
  @Override
  public String toString() {
    return "ClientSettings[" + baseUrl + "]";
  }
}
