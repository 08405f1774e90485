package io.openmonetize.storage;

import io.openmonetize.digest.Sha256;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A digest of what an event says, by which a repeated report is told from another one under the
 * same identity. It is stored, so its form must never change.
 *
 * <p>Covered are the usage and whose it is. Where the reporter chose the identity, also the time,
 * model, terms and metadata; not so where the provider's answer is the identity, since the proxy
 * and an SDK may both read one answer, and each has its own clock and its own words. Never covered:
 * the key that was used, the event's own id beside another identity, how the call went.
 */
final class Fingerprint {
  private static final int BYTES = 16;

  private Fingerprint() {}

  static byte[] of(UsageEvent event) {
    List<@Nullable String> parts = new ArrayList<>();
    parts.add(event.type().name());
    parts.add(event.attribution().userId());
    parts.add(event.attribution().teamId());
    parts.add(event.attribution().featureId());
    parts.add(event.provider() == null ? null : event.provider().name());
    boolean reporterChose =
        switch (event.identity()) {
          case EventIdentity.ById _, EventIdentity.ByIdempotencyKey _ -> true;
          case EventIdentity.ByResponse _, EventIdentity.ByBatchLine _ -> false;
        };
    if (reporterChose) {
      addReport(event, parts);
    }
    for (UsageLine line : event.usage().lines()) {
      parts.add(line(line, reporterChose));
    }
    return Arrays.copyOf(Sha256.of(KeyPart.join(parts.toArray(new @Nullable String[0]))), BYTES);
  }

  private static void addReport(UsageEvent event, List<@Nullable String> parts) {
    Usage usage = event.usage();
    parts.add(event.timestamp().toString());
    parts.add(event.attribution().metadata());
    parts.add(event.model());
    parts.add(usage.status().wireName());
    parts.add(usage.terms().serviceTier());
    parts.add(usage.terms().speed());
    parts.add(usage.terms().geography());
  }

  private static String line(UsageLine line, boolean withModel) {
    List<@Nullable String> parts = new ArrayList<>();
    if (withModel) {
      parts.add(line.model());
    }
    for (Map.Entry<TokenClass, Long> count : line.tokens().byClass().entrySet()) {
      parts.add(count.getKey().wireName());
      parts.add(count.getValue().toString());
    }
    for (Map.Entry<String, BigDecimal> unit : line.units().entrySet()) {
      parts.add(unit.getKey());
      parts.add(unit.getValue().stripTrailingZeros().toPlainString());
    }
    return KeyPart.join(parts.toArray(new @Nullable String[0]));
  }
}
