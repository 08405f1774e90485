package io.openmonetize.storage;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventType;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sum of some events. Only counts that are not zero are kept in the maps, and decimals are kept
 * without trailing zeros, so two sums are equal exactly when they mean the same.
 *
 * @param costUsd of the priced events; what {@code unpriced} counts is not in it
 * @param unpriced events whose cost nobody can say
 * @param unpricedKnownUsd what the unpriced events cost at least
 * @param quarantined events whose usage contradicts itself ({@link Usage#contradictsItself})
 * @param byOtherType events of every type but {@code TOKEN_USAGE}: nearly all are of that, so it is
 *     the rest, and costs a sum nothing
 * @param updatedAt when the last event was booked; null when there is none
 */
public record Rollup(
    long events,
    TokenCounts tokens,
    Map<String, BigDecimal> units,
    BigDecimal costUsd,
    long unpriced,
    BigDecimal unpricedKnownUsd,
    long quarantined,
    Map<UsageStatus, Long> byUsageStatus,
    Map<CallStatus, Long> byCallStatus,
    Map<EventType, TypeSum> byOtherType,
    @Nullable Instant updatedAt) {
  /** The sum of all units whose names are no plain words. */
  public static final String OTHER_UNITS = "other";

  private static final Pattern UNIT_NAME = Pattern.compile("[a-z]{1,16}(_[a-z]{1,16}){0,2}");

  public static final Rollup NONE =
      new Rollup(
          0,
          TokenCounts.NONE,
          Map.of(),
          BigDecimal.ZERO,
          0,
          BigDecimal.ZERO,
          0,
          Map.of(),
          Map.of(),
          Map.of(),
          null);

  public Rollup {
    Map<String, BigDecimal> keptUnits = new TreeMap<>();
    units.forEach(
        (unit, count) -> {
          if (count.signum() != 0) {
            keptUnits.put(unit, count.stripTrailingZeros());
          }
        });
    units = Collections.unmodifiableMap(keptUnits);
    costUsd = costUsd.stripTrailingZeros();
    unpricedKnownUsd = unpricedKnownUsd.stripTrailingZeros();
    byUsageStatus = withoutZeros(UsageStatus.class, byUsageStatus);
    byCallStatus = withoutZeros(CallStatus.class, byCallStatus);
    Map<EventType, TypeSum> keptTypes = new EnumMap<>(EventType.class);
    byOtherType.forEach(
        (type, sum) -> {
          if (sum.events() != 0) {
            keptTypes.put(type, sum);
          }
        });
    byOtherType = Collections.unmodifiableMap(keptTypes);
  }

  public static Rollup of(StoredEvent stored) {
    UsageEvent event = stored.event();
    Map<String, BigDecimal> units = new TreeMap<>();
    for (UsageLine line : event.usage().lines()) {
      line.units().forEach((unit, count) -> units.merge(kept(unit), count, BigDecimal::add));
    }
    Cost cost = stored.cost();
    return new Rollup(
        1,
        event.usage().tokens(),
        units,
        cost.pricedUsd(),
        cost.isPriced() ? 0 : 1,
        cost.knownUsd().subtract(cost.pricedUsd()),
        event.usage().contradictsItself() ? 1 : 0,
        Map.of(event.usage().status(), 1L),
        Map.of(event.call().status(), 1L),
        event.type() == EventType.TOKEN_USAGE
            ? Map.of()
            : Map.of(event.type(), new TypeSum(1, cost.pricedUsd(), cost.isPriced() ? 0 : 1)),
        stored.receivedAt());
  }

  /**
   * Each name is an attribute of the item for ever, and an item holds 400 KB: a reporter that puts
   * an id into the name would in the end stop all that is summed there. Such names are summed as
   * one.
   */
  private static String kept(String unit) {
    return UNIT_NAME.matcher(unit).matches() ? unit : OTHER_UNITS;
  }

  /** Exact, or an {@link ArithmeticException}. */
  public Rollup plus(Rollup other) {
    Map<String, BigDecimal> sumOfUnits = new TreeMap<>(units);
    other.units.forEach((unit, count) -> sumOfUnits.merge(unit, count, BigDecimal::add));
    return new Rollup(
        Math.addExact(events, other.events),
        tokens.plus(other.tokens),
        sumOfUnits,
        costUsd.add(other.costUsd),
        Math.addExact(unpriced, other.unpriced),
        unpricedKnownUsd.add(other.unpricedKnownUsd),
        Math.addExact(quarantined, other.quarantined),
        sum(UsageStatus.class, byUsageStatus, other.byUsageStatus),
        sum(CallStatus.class, byCallStatus, other.byCallStatus),
        sum(byOtherType, other.byOtherType),
        later(updatedAt, other.updatedAt));
  }

  /** Of each type that has any event. */
  public Map<EventType, TypeSum> byEventType() {
    Map<EventType, TypeSum> all = new EnumMap<>(EventType.class);
    all.putAll(byOtherType);
    TypeSum rest = new TypeSum(events, costUsd, unpriced);
    for (TypeSum other : byOtherType.values()) {
      rest = rest.minus(other);
    }
    if (rest.events() > 0) {
      all.put(EventType.TOKEN_USAGE, rest);
    }
    return all;
  }

  /** A sum from which the last event was moved elsewhere stays, as an item of nothing. */
  boolean hasEvents() {
    return events != 0;
  }

  public long inputTokens() {
    return tokens.total(TokenClass.Side.INPUT);
  }

  public long outputTokens() {
    return tokens.total(TokenClass.Side.OUTPUT);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? other : one;
  }

  private static Map<EventType, TypeSum> sum(
      Map<EventType, TypeSum> one, Map<EventType, TypeSum> other) {
    Map<EventType, TypeSum> sum = new EnumMap<>(EventType.class);
    sum.putAll(one);
    other.forEach((type, part) -> sum.merge(type, part, TypeSum::plus));
    return sum;
  }

  private static <E extends Enum<E>> Map<E, Long> sum(
      Class<E> type, Map<E, Long> one, Map<E, Long> other) {
    Map<E, Long> sum = new EnumMap<>(type);
    sum.putAll(one);
    other.forEach((word, count) -> sum.merge(word, count, Math::addExact));
    return sum;
  }

  private static <E extends Enum<E>> Map<E, Long> withoutZeros(Class<E> type, Map<E, Long> counts) {
    Map<E, Long> kept = new EnumMap<>(type);
    counts.forEach(
        (word, count) -> {
          if (count != 0) {
            kept.put(word, count);
          }
        });
    return Collections.unmodifiableMap(kept);
  }
}
