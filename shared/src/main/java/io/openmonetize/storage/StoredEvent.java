package io.openmonetize.storage;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import java.time.Instant;

/**
 * An event as it lies in the ledger.
 *
 * @param cost by the price book of the day on which it was booked
 * @param receivedAt when it was booked, which for a late event may be long after it happened
 */
public record StoredEvent(UsageEvent event, Cost cost, Instant receivedAt) {}
