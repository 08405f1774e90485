package io.openmonetize.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.sdk.delivery.Backlog;
import io.openmonetize.sdk.delivery.Delivery;
import io.openmonetize.sdk.delivery.DeliverySettings;
import io.openmonetize.sdk.delivery.Keeper;
import io.openmonetize.sdk.delivery.Throttle;
import io.openmonetize.sdk.reads.CostBreakdown;
import io.openmonetize.sdk.reads.CostQuery;
import io.openmonetize.sdk.reads.EventPage;
import io.openmonetize.sdk.reads.EventQuery;
import io.openmonetize.sdk.reads.ReadApi;
import io.openmonetize.sdk.reads.RecordedEvent;
import io.openmonetize.sdk.reads.UsageQuery;
import io.openmonetize.sdk.reads.UsageSummary;
import io.openmonetize.sdk.spool.Spool;
import io.openmonetize.sdk.transport.HttpTransport;
import io.openmonetize.sdk.transport.JdkTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The client: one for the whole application, safe for use by many threads.
 *
 * <p>Tracking puts an event into a bounded queue and returns. It never throws, whatever it is
 * given, and never waits for the network; a thread of the client's own sends the events, again
 * where that failed, and the server counts each once. What is not sent when the JVM ends is flushed
 * by a shutdown hook within the shutdown time.
 *
 * <p>Reads ({@link #usage}, {@link #events}, {@link #costs}) wait and throw {@link
 * OpenMonetizeException}.
 */
public final class OpenMonetize implements AutoCloseable {
  private static final long OFTEN = TimeUnit.SECONDS.toNanos(10);
  private static final Duration NO_LIMIT = Duration.ofDays(365);

  private final ClientSettings settings;
  private final OpenMonetizeLogger logger;
  private final @Nullable Spool spool;
  private final Delivery delivery;
  private final Tracker tracker;
  private final ReadApi reads;
  private final Thread shutdownHook;
  private final AtomicBoolean closed = new AtomicBoolean();

  OpenMonetize(ClientSettings settings, ClientParts parts) {
    this.settings = settings;
    this.logger = parts.logger();
    if (settings.apiKey() == null) {
      logger.error("There is no API key: set OPENMONETIZE_API_KEY. Every event will fail.");
    }
    HttpTransport transport =
        parts.transport() == null ? new JdkTransport(settings.timeout()) : parts.transport();
    this.spool = openSpool(settings, parts);
    this.delivery =
        new Delivery(
            deliverySettings(settings),
            transport,
            parts.pacer(),
            parts.clock(),
            parts.random(),
            logger,
            spool == null ? Backlog.NONE : spool.backlog());
    this.tracker =
        new Tracker(
            delivery,
            spool == null ? Keeper.NONE : spool,
            parts.clock(),
            logger,
            new Throttle(parts.pacer(), OFTEN));
    this.reads = new ReadApi(transport, settings.baseUrl(), settings.apiKey(), settings.timeout());
    this.shutdownHook = new Thread(this::endWithTheProcess, "openmonetize-shutdown");
    addShutdownHook();
  }

  private static DeliverySettings deliverySettings(ClientSettings settings) {
    return new DeliverySettings(
        URI.create(settings.baseUrl() + "/v1/events/ingest"),
        settings.apiKey(),
        settings.maxBatchSize(),
        settings.flushInterval(),
        settings.maxQueueSize(),
        settings.maxRetries(),
        settings.timeout());
  }

  private static @Nullable Spool openSpool(ClientSettings settings, ClientParts parts) {
    if (settings.spoolDirectory() == null) {
      return null;
    }
    try {
      return Spool.open(
          settings.spoolDirectory(),
          settings.maxSpoolBytes(),
          parts.logger(),
          new Throttle(parts.pacer(), OFTEN));
    } catch (IOException | RuntimeException e) {
      parts.logger().error("The spool cannot be used, events are in memory only: " + e);
      return null;
    }
  }

  private void addShutdownHook() {
    try {
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      logger.warn("The JVM is ending already: events are sent only as far as it lets them");
    }
  }

  /** Other hooks may still track while the flush runs. */
  private void endWithTheProcess() {
    long began = System.nanoTime();
    delivery.flushHurried(settings.shutdownTimeout());
    Duration left = settings.shutdownTimeout().minusNanos(System.nanoTime() - began);
    end(left.isNegative() ? Duration.ZERO : left);
  }

  /**
   * Begins a client with the settings of the environment.
   *
   * @return a builder
   */
  public static OpenMonetizeBuilder builder() {
    return new OpenMonetizeBuilder(System.getenv());
  }

  /**
   * Reports tokens that a model used.
   *
   * @param usage what was used
   */
  public void trackTokenUsage(TokenUsage usage) {
    tracker.tokenUsage(usage);
  }

  /**
   * Reports images that a model made.
   *
   * @param images what was made
   */
  public void trackImageGeneration(ImageGeneration images) {
    tracker.imageGeneration(images);
  }

  /**
   * Reports a video that a model made.
   *
   * @param video what was made
   */
  public void trackVideoGeneration(VideoGeneration video) {
    tracker.videoGeneration(video);
  }

  /**
   * Reports a call.
   *
   * @param call what was called
   */
  public void trackApiCall(ApiCall call) {
    tracker.apiCall(call);
  }

  /**
   * Reports use by a unit of the product's own.
   *
   * @param event what was used
   */
  public void trackCustomEvent(CustomEvent event) {
    tracker.customEvent(event);
  }

  /**
   * Reports a provider's answer. Only what bills leaves the process: ids, model, tier and usage,
   * never text. The server reads it as the proxy would, and counts it once if both report it.
   *
   * @param who whose use it is
   * @param provider who answered
   * @param response the answer in its unary shape
   * @param facts what the answer does not say of itself
   */
  public void trackProviderResponse(
      Attribution who, Provider provider, JsonNode response, ResponseFacts facts) {
    tracker.providerResponse(who, provider, response, facts);
  }

  /**
   * Sends everything that was tracked before, and what an earlier process left in the spool, and
   * waits until each event is accepted or has failed for good: as long as the retries take. Never
   * throws; on an interrupted thread it does not wait.
   *
   * @return what became of the events since the flush before
   */
  public FlushReport flush() {
    return delivery.flush(NO_LIMIT);
  }

  /**
   * The same, waiting no longer than so long.
   *
   * @param limit how long; negative counts as 0
   * @return what became of the events; those not settled count as pending, and go on their way
   */
  public FlushReport flush(Duration limit) {
    return delivery.flush(limit == null ? NO_LIMIT : limit);
  }

  /**
   * Counts since the client was built.
   *
   * @return the counts now
   */
  public Stats stats() {
    return delivery.stats();
  }

  /**
   * What makes a provider's official client go through the proxy, which then books each call.
   *
   * @param provider whose client it is
   * @param who whose use it will be; the proxy needs a user, too, and knows no team
   * @return its base URL and headers
   */
  public ProxyConfig proxyConfig(Provider provider, Attribution who) {
    return ProxyHeaders.config(settings.proxyBaseUrl(), settings.apiKey(), provider, who);
  }

  /**
   * Reads sums over a time.
   *
   * @param query of what, and when
   * @return the sums
   * @throws OpenMonetizeException when they cannot be had
   */
  public UsageSummary usage(UsageQuery query) {
    return reads.usage(query);
  }

  /**
   * Reads costs by customer, model, feature, provider or user.
   *
   * @param query of what, when, and by what
   * @return the first rows, or those after the query's cursor
   * @throws OpenMonetizeException when they cannot be had
   */
  public CostBreakdown costs(CostQuery query) {
    return reads.costs(query);
  }

  /**
   * Reads events, the newest first, the first page at once and each other one as the stream comes
   * to it.
   *
   * @param query which ones
   * @return all of them; reading it throws {@link OpenMonetizeException} when a page cannot be had
   */
  public Stream<RecordedEvent> events(EventQuery query) {
    return reads.events(query);
  }

  /**
   * Reads one page of events, the newest first.
   *
   * @param query which ones
   * @param cursor the page before's next one; null for the first page
   * @return the page
   * @throws OpenMonetizeException when it cannot be had
   */
  public EventPage eventPage(EventQuery query, @Nullable String cursor) {
    return reads.page(query, cursor);
  }

  /**
   * Where the client logs to.
   *
   * @return the logger of the settings, made safe
   */
  public OpenMonetizeLogger logger() {
    return logger;
  }

  /**
   * Flushes within the shutdown time, on an interrupted thread as well, and ends the client's
   * thread. What is tracked later is dropped. Never throws; more than once is as once.
   */
  @Override
  public void close() {
    end(settings.shutdownTimeout());
  }

  private void end(Duration limit) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    delivery.close(limit);
    if (spool != null) {
      spool.close();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      logger.debug("Closed while the JVM ends");
    }
  }
}
