package io.openmonetize.sdk.reads;

import io.openmonetize.sdk.Provider;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events. Null is: all.
 *
 * @param customerId of this customer only
 * @param userId of this user of the customer only
 * @param featureId of this feature only
 * @param provider of this provider only
 * @param model of this model only, in the provider's words
 * @param status how the call ended, such as {@code ok} or {@code error}
 * @param usageStatus how well the usage is known, such as {@code exact} or {@code missing}
 * @param source {@code proxy} or {@code sdk}
 * @param costStatus {@code priced} or {@code unpriced}
 * @param from the first moment; by default 366 days before the end
 * @param to before this; by default a day from now
 * @param pageSize events a page, 1 to 200; by default 50
 */
public record EventQuery(
    @Nullable String customerId,
    @Nullable String userId,
    @Nullable String featureId,
    @Nullable Provider provider,
    @Nullable String model,
    @Nullable String status,
    @Nullable String usageStatus,
    @Nullable String source,
    @Nullable String costStatus,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Integer pageSize) {

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
        .with("status", status)
        .with("usage_status", usageStatus)
        .with("source", source)
        .with("cost_status", costStatus)
        .with("from", from)
        .with("to", to)
        .with("limit", pageSize)
        .byName();
  }

  /** Sets what is asked for. */
  public static final class Builder {
    private @Nullable String customerId;
    private @Nullable String userId;
    private @Nullable String featureId;
    private @Nullable Provider provider;
    private @Nullable String model;
    private @Nullable String status;
    private @Nullable String usageStatus;
    private @Nullable String source;
    private @Nullable String costStatus;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private @Nullable Integer pageSize;

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
     * @param status how the call ended, such as {@code ok} or {@code error}
     * @return this
     */
    public Builder status(@Nullable String status) {
      this.status = status;
      return this;
    }

    /**
     * Sets it.
     *
     * @param usageStatus how well the usage is known, such as {@code exact} or {@code missing}
     * @return this
     */
    public Builder usageStatus(@Nullable String usageStatus) {
      this.usageStatus = usageStatus;
      return this;
    }

    /**
     * Sets it.
     *
     * @param source {@code proxy} or {@code sdk}
     * @return this
     */
    public Builder source(@Nullable String source) {
      this.source = source;
      return this;
    }

    /**
     * Sets it.
     *
     * @param costStatus {@code priced} or {@code unpriced}
     * @return this
     */
    public Builder costStatus(@Nullable String costStatus) {
      this.costStatus = costStatus;
      return this;
    }

    /**
     * Sets it.
     *
     * @param from the first moment; by default 366 days before the end
     * @return this
     */
    public Builder from(@Nullable Instant from) {
      this.from = from;
      return this;
    }

    /**
     * Sets it.
     *
     * @param to before this; by default a day from now
     * @return this
     */
    public Builder to(@Nullable Instant to) {
      this.to = to;
      return this;
    }

    /**
     * Sets it.
     *
     * @param pageSize events a page, 1 to 200; by default 50
     * @return this
     */
    public Builder pageSize(int pageSize) {
      this.pageSize = pageSize;
      return this;
    }

    /**
     * Makes the query.
     *
     * @return what was set
     */
    public EventQuery build() {
      return new EventQuery(
          customerId,
          userId,
          featureId,
          provider,
          model,
          status,
          usageStatus,
          source,
          costStatus,
          from,
          to,
          pageSize);
    }
  }
}
