package io.openmonetize.storage;

import io.openmonetize.events.Provider;
import org.jspecify.annotations.Nullable;

/** By what the events of one scope are told apart. Each kind is a partition of its own. */
public sealed interface RollupDimension {
  /** What was used for what: in every scope. */
  record Use(String featureId, @Nullable Provider provider, @Nullable String model)
      implements RollupDimension {}

  /** Who: in the scope of all customers. */
  record Customer(String customerId) implements RollupDimension {}

  /**
   * Which of the customer's users: in the scope of one customer, by day only.
   *
   * @param userId null for what was reported without a user
   */
  record User(@Nullable String userId) implements RollupDimension {}

  /** All that all customers used: in their scope only, as the next two. */
  record Whole() implements RollupDimension {}

  /** Whatever it was used for. */
  record Model(@Nullable Provider provider, @Nullable String model) implements RollupDimension {}

  /** Whatever model it used: by day only. */
  record Feature(String featureId) implements RollupDimension {}

  /** The kinds, for asking. */
  enum Kind {
    USE("F"),
    CUSTOMER("C"),
    USER("U"),
    WHOLE("T"),
    MODEL("M"),
    FEATURE("P");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  default Kind kind() {
    return switch (this) {
      case Use _ -> Kind.USE;
      case Customer _ -> Kind.CUSTOMER;
      case User _ -> Kind.USER;
      case Whole _ -> Kind.WHOLE;
      case Model _ -> Kind.MODEL;
      case Feature _ -> Kind.FEATURE;
    };
  }
}
