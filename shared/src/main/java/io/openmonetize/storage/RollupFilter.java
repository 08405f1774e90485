package io.openmonetize.storage;

import io.openmonetize.events.Provider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which events to sum. Null means any.
 *
 * @param userId a user belongs to a customer, so this needs one too
 */
public record RollupFilter(
    @Nullable String customerId,
    @Nullable String userId,
    @Nullable String featureId,
    @Nullable Provider provider,
    @Nullable String model) {
  public static final RollupFilter ALL = new RollupFilter(null, null, null, null, null);

  public RollupFilter {
    if (userId != null && customerId == null) {
      throw new IllegalArgumentException("a user is only known within a customer");
    }
  }

  RollupScope scope() {
    if (customerId == null) {
      return new RollupScope.All();
    }
    return userId == null
        ? new RollupScope.OfCustomer(customerId)
        : new RollupScope.OfUser(customerId, userId);
  }

  boolean matches(RollupDimension.Use use) {
    return (featureId == null || featureId.equals(use.featureId()))
        && (provider == null || provider == use.provider())
        && (model == null || Objects.equals(model, use.model()));
  }
}
