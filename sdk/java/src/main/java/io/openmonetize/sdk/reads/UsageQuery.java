package io.openmonetize.sdk.reads;

import io.openmonetize.sdk.Provider;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which sums. Null is: of all.
 *
 * @param customerId of this customer only
 * @param userId of this user of the customer only
 * @param featureId of this feature only
 * @param provider of this provider only
 * @param model of this model only, in the provider's words
 * @param from begins with this whole hour; by default 30 days before the end
 * @param to ends before it; by default now
 * @param comparePrevious whether to add the equal time just before
 */
public record UsageQuery(
    @Nullable String customerId,
    @Nullable String userId,
    @Nullable String featureId,
    @Nullable Provider provider,
    @Nullable String model,
    @Nullable Instant from,
    @Nullable Instant to,
    boolean comparePrevious) {

  /**
   * Begins one with nothing set.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  Map<String, String> parameters() {
    return new QueryParameters()
        .with("customer_id", customerId)
        .with("user_id", userId)
        .with("feature_id", featureId)
        .with("provider", provider)
        .with("model", model)
        .with("from", from)
        .with("to", to)
        .with("compare", comparePrevious ? "previous" : null)
        .byName();
  }

  /** Sets what is asked for. */
  public static final class Builder {
    private @Nullable String customerId;
    private @Nullable String userId;
    private @Nullable String featureId;
    private @Nullable Provider provider;
    private @Nullable String model;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private boolean comparePrevious;

    private Builder() {}

    /**
     * Sets it.
     *
     * @param customerId of this customer only
     * @return this
     */
    public Builder customerId(@Nullable String customerId) {
      this.customerId = customerId;
      return this;
    }

    /**
     * Sets it.
     *
     * @param userId of this user of the customer only
     * @return this
     */
    public Builder userId(@Nullable String userId) {
      this.userId = userId;
      return this;
    }

    /**
     * Sets it.
     *
     * @param featureId of this feature only
     * @return this
     */
    public Builder featureId(@Nullable String featureId) {
      this.featureId = featureId;
      return this;
    }

    /**
     * Sets it.
     *
     * @param provider of this provider only
     * @return this
     */
    public Builder provider(@Nullable Provider provider) {
      this.provider = provider;
      return this;
    }

    /**
     * Sets it.
     *
     * @param model of this model only, in the provider's words
     * @return this
     */
    public Builder model(@Nullable String model) {
      this.model = model;
      return this;
    }

    /**
     * Sets it.
     *
     * @param from begins with this whole hour; by default 30 days before the end
     * @return this
     */
    public Builder from(@Nullable Instant from) {
      this.from = from;
      return this;
    }

    /**
     * Sets it.
     *
     * @param to ends before it; by default now
     * @return this
     */
    public Builder to(@Nullable Instant to) {
      this.to = to;
      return this;
    }

    /**
     * Sets it.
     *
     * @param comparePrevious whether to add the equal time just before
     * @return this
     */
    public Builder comparePrevious(boolean comparePrevious) {
      this.comparePrevious = comparePrevious;
      return this;
    }

    /**
     * Makes the query.
     *
     * @return what was set
     */
    public UsageQuery build() {
      return new UsageQuery(
          customerId, userId, featureId, provider, model, from, to, comparePrevious);
    }
  }
}
