package io.openmonetize.storage;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import org.jspecify.annotations.Nullable;

/** Which events to list. Null means any. */
public record EventFilter(
    @Nullable String customerId,
    @Nullable String userId,
    @Nullable String featureId,
    @Nullable Provider provider,
    @Nullable String model,
    @Nullable CallStatus status,
    @Nullable UsageStatus usageStatus,
    @Nullable Source source,
    @Nullable Boolean priced,
    @Nullable Boolean quarantined) {
  public static final EventFilter ALL =
      new EventFilter(null, null, null, null, null, null, null, null, null, null);

  public static EventFilter ofCustomer(String customerId) {
    return new EventFilter(customerId, null, null, null, null, null, null, null, null, null);
  }

  boolean matches(StoredEvent stored) {
    UsageEvent event = stored.event();
    return (customerId == null || customerId.equals(event.attribution().customerId()))
        && (userId == null || userId.equals(event.attribution().userId()))
        && (featureId == null || featureId.equals(event.attribution().featureId()))
        && (provider == null || provider == event.provider())
        && (model == null || model.equals(event.model()))
        && (status == null || status == event.call().status())
        && (usageStatus == null || usageStatus == event.usage().status())
        && (source == null || source == event.source())
        && (priced == null || priced == stored.cost().isPriced())
        && (quarantined == null || quarantined == event.usage().contradictsItself());
  }

  /** What of this the rollups can tell apart: they count at least what matches here. */
  RollupFilter rollups() {
    return new RollupFilter(
        customerId, customerId == null ? null : userId, featureId, provider, model);
  }

  /** Whether some events of the customer's (or everybody's) feed may not match. */
  boolean isSelective() {
    return userId != null
        || featureId != null
        || provider != null
        || model != null
        || status != null
        || usageStatus != null
        || source != null
        || priced != null
        || quarantined != null;
  }
}
