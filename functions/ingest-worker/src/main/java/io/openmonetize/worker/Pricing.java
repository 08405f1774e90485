package io.openmonetize.worker;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;

/** Says what an event cost. */
@FunctionalInterface
public interface Pricing {
  Cost price(UsageEvent event);
}
