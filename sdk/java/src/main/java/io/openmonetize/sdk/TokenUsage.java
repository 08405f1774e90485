package io.openmonetize.sdk;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that a model used. For a provider's answer as it came, {@link
 * OpenMonetize#trackProviderResponse} knows more than these counts.
 *
 * @param who whose use it is; required
 * @param provider who served it
 * @param model as the provider names it
 * @param inputTokens all of them, the cached ones included
 * @param outputTokens those that the model wrote
 * @param cachedInputTokens of the input, those served from a cache
 * @param tokens instead of the three counts: by disjoint class, such as {@code input}, {@code
 *     cache_read} and {@code output}
 * @param providerResponseId the id of the provider's answer, which is then counted once even if it
 *     went through the proxy too; needs the provider
 * @param idempotencyKey the event's identity, if the reporter has one of its own; at most 256 bytes
 * @param timestamp when it happened; null for when it is tracked
 */
public record TokenUsage(
    @Nullable Attribution who,
    @Nullable Provider provider,
    @Nullable String model,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long cachedInputTokens,
    Map<String, Long> tokens,
    @Nullable String providerResponseId,
    @Nullable String idempotencyKey,
    @Nullable Instant timestamp) {

  /** Copies the counts; none may be given as null. */
  public TokenUsage {
    tokens = tokens == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
  }

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
    private @Nullable Long inputTokens;
    private @Nullable Long outputTokens;
    private @Nullable Long cachedInputTokens;
    private Map<String, Long> tokens = Map.of();
    private @Nullable String providerResponseId;
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
     * @param inputTokens all of them, the cached ones included
     * @return this
     */
    public Builder inputTokens(long inputTokens) {
      this.inputTokens = inputTokens;
      return this;
    }

    /**
     * Sets it.
     *
     * @param outputTokens those that the model wrote
     * @return this
     */
    public Builder outputTokens(long outputTokens) {
      this.outputTokens = outputTokens;
      return this;
    }

    /**
     * Sets it.
     *
     * @param cachedInputTokens of the input, those served from a cache
     * @return this
     */
    public Builder cachedInputTokens(long cachedInputTokens) {
      this.cachedInputTokens = cachedInputTokens;
      return this;
    }

    /**
     * Sets it.
     *
     * @param tokens instead of the three counts: by disjoint class, such as {@code input}, {@code
     *     cache_read} and {@code output}
     * @return this
     */
    public Builder tokens(Map<String, Long> tokens) {
      this.tokens = tokens;
      return this;
    }

    /**
     * Sets it.
     *
     * @param providerResponseId the id of the provider's answer, which is then counted once even if
     *     it went through the proxy too; needs the provider
     * @return this
     */
    public Builder providerResponseId(@Nullable String providerResponseId) {
      this.providerResponseId = providerResponseId;
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
    public TokenUsage build() {
      return new TokenUsage(
          who,
          provider,
          model,
          inputTokens,
          outputTokens,
          cachedInputTokens,
          tokens,
          providerResponseId,
          idempotencyKey,
          timestamp);
    }
  }
}
