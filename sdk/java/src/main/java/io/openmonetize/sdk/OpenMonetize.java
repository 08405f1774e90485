package io.openmonetize.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * The client: one for the whole application, safe for use by many threads.
 *
 * <p>Tracking puts an event into a queue and returns; it never throws and never waits for the
 * network.
 */
public final class OpenMonetize implements AutoCloseable {
  private final OpenMonetizeLogger logger;

  OpenMonetize(OpenMonetizeBuilder settings) {
    this.logger = settings.logger;
  }

  /**
   * Begins a client with the settings of the environment.
   *
   * @return a builder
   */
  public static OpenMonetizeBuilder builder() {
    return new OpenMonetizeBuilder();
  }

  /**
   * Reports tokens that a model used.
   *
   * @param usage what was used
   */
  public void trackTokenUsage(TokenUsage usage) {}

  /**
   * Reports images that a model made.
   *
   * @param images what was made
   */
  public void trackImageGeneration(ImageGeneration images) {}

  /**
   * Reports a video that a model made.
   *
   * @param video what was made
   */
  public void trackVideoGeneration(VideoGeneration video) {}

  /**
   * Reports a call.
   *
   * @param call what was called
   */
  public void trackApiCall(ApiCall call) {}

  /**
   * Reports use by a unit of the product's own.
   *
   * @param event what was used
   */
  public void trackCustomEvent(CustomEvent event) {}

  /**
   * Reports a provider's answer. Only what bills leaves the process: ids, model, tier and usage,
   * never text. The server reads it as the proxy would.
   *
   * @param who whose use it is
   * @param provider who answered
   * @param response the answer in its unary shape
   * @param facts what the answer does not say of itself
   */
  public void trackProviderResponse(
      Attribution who, Provider provider, JsonNode response, ResponseFacts facts) {
    ObjectNode billable = BillableFields.of(provider, response);
    logger.debug("tracked " + billable.size());
  }

  /**
   * Sends everything that was tracked before, and waits until each event is accepted or has failed
   * for good. Never throws.
   *
   * @return what became of the events
   */
  public FlushReport flush() {
    return flush(Duration.ofDays(1));
  }

  /**
   * The same, waiting no longer than so long.
   *
   * @param limit how long
   * @return what became of the events; those not settled count as pending
   */
  public FlushReport flush(Duration limit) {
    return new FlushReport(0, 0, List.of(), 0, 0);
  }

  /**
   * Counts since the client was built.
   *
   * @return the counts now
   */
  public Stats stats() {
    return new Stats(0, 0, 0, 0, 0, 0);
  }

  /**
   * Where the client logs to.
   *
   * @return the logger of the settings
   */
  public OpenMonetizeLogger logger() {
    return logger;
  }

  /** Flushes within the shutdown time and ends the client's thread. Never throws. */
  @Override
  public void close() {}
}
