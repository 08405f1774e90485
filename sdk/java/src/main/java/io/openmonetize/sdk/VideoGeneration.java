package io.openmonetize.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A video that a model made.
 *
 * @param who whose use it is; required
 * @param provider who served it
 * @param model as the provider names it
 * @param durationSeconds its length, more than 0
 * @param resolution such as {@code 1080p}
 * @param idempotencyKey the event's identity, if the reporter has one of its own; at most 256 bytes
 * @param timestamp when it happened; null for when it is tracked
 */
public record VideoGeneration(
    @Nullable Attribution who,
    @Nullable Provider provider,
    @Nullable String model,
    @Nullable BigDecimal durationSeconds,
    @Nullable String resolution,
    @Nullable String idempotencyKey,
    @Nullable Instant timestamp) {

  /**
   * Begins one with nothing set.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets the fields one by one; nothing is checked before the event is tracked. */
  public static final class Builder {
    private @Nullable Attribution who;
    private @Nullable Provider provider;
    private @Nullable String model;
    private @Nullable BigDecimal durationSeconds;
    private @Nullable String resolution;
    private @Nullable String idempotencyKey;
    private @Nullable Instant timestamp;

    private Builder() {}

    /**
     * Sets it.
     *
     * @param who whose use it is; required
     * @return this
     */
    public Builder who(@Nullable Attribution who) {
      this.who = who;
      return this;
    }

    /**
     * Sets it.
     *
     * @param provider who served it
     * @return this
     */
    public Builder provider(@Nullable Provider provider) {
      this.provider = provider;
      return this;
    }

    /**
     * Sets it.
     *
     * @param model as the provider names it
     * @return this
     */
    public Builder model(@Nullable String model) {
      this.model = model;
      return this;
    }

    /**
     * Sets it.
     *
     * @param durationSeconds its length, more than 0
     * @return this
     */
    public Builder durationSeconds(@Nullable BigDecimal durationSeconds) {
      this.durationSeconds = durationSeconds;
      return this;
    }

    /**
     * Sets it.
     *
     * @param durationSeconds its length, more than 0
     * @return this
     */
    public Builder durationSeconds(long durationSeconds) {
      this.durationSeconds = BigDecimal.valueOf(durationSeconds);
      return this;
    }

    /**
     * Sets it.
     *
     * @param resolution such as {@code 1080p}
     * @return this
     */
    public Builder resolution(@Nullable String resolution) {
      this.resolution = resolution;
      return this;
    }

    /**
     * Sets it.
     *
     * @param idempotencyKey the event's identity, if the reporter has one of its own; at most 256
     *     bytes
     * @return this
     */
    public Builder idempotencyKey(@Nullable String idempotencyKey) {
      this.idempotencyKey = idempotencyKey;
      return this;
    }

    /**
     * Sets it.
     *
     * @param timestamp when it happened; null for when it is tracked
     * @return this
     */
    public Builder timestamp(@Nullable Instant timestamp) {
      this.timestamp = timestamp;
      return this;
    }

    /**
     * Makes the record.
     *
     * @return what was set
     */
    public VideoGeneration build() {
      return new VideoGeneration(
          who, provider, model, durationSeconds, resolution, idempotencyKey, timestamp);
    }
  }
}
