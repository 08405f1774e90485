package io.openmonetize.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Use by a unit of the product's own.
 *
 * @param who whose use it is; required
 * @param unitType a letter followed by at most 63 letters, digits and any of {@code _.-}
 * @param quantity how many units, more than 0
 * @param idempotencyKey the event's identity, if the reporter has one of its own; at most 256 bytes
 * @param timestamp when it happened; null for when it is tracked
 */
public record CustomEvent(
    @Nullable Attribution who,
    @Nullable String unitType,
    @Nullable BigDecimal quantity,
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
    private @Nullable String unitType;
    private @Nullable BigDecimal quantity;
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
     * @param unitType a letter followed by at most 63 letters, digits and any of {@code _.-}
     * @return this
     */
    public Builder unitType(@Nullable String unitType) {
      this.unitType = unitType;
      return this;
    }

    /**
     * Sets it.
     *
     * @param quantity how many units, more than 0
     * @return this
     */
    public Builder quantity(@Nullable BigDecimal quantity) {
      this.quantity = quantity;
      return this;
    }

    /**
     * Sets it.
     *
     * @param quantity how many units, more than 0
     * @return this
     */
    public Builder quantity(long quantity) {
      this.quantity = BigDecimal.valueOf(quantity);
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
    public CustomEvent build() {
      return new CustomEvent(who, unitType, quantity, idempotencyKey, timestamp);
    }
  }
}
