package io.openmonetize.worker;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.storage.LateChangeKey;
import io.openmonetize.storage.RollupCell;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupKey;
import io.openmonetize.storage.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Cuts new events into lists that each fit one transaction. */
final class Transactions {
  /** DynamoDB's limit for one TransactWriteItems. */
  static final int ACTIONS_AT_MOST = 100;

  private Transactions() {}

  /**
   * A customer's neighbours in user and time come first, since they share sums: the fewer sums, the
   * more events fit and the less each costs. Customers of whom there is little go together, since
   * the sums of all customers are then written once for them all.
   *
   * @param actions how many an event takes besides those on sums
   */
  static List<List<StoredEvent>> cut(List<StoredEvent> events, ToIntFunction<StoredEvent> actions) {
    return cut(events, StoredEvent::event, StoredEvent::receivedAt, actions);
  }

  /**
   * As {@link #cut(List, ToIntFunction)}, of whatever goes with one event each.
   *
   * @param at when the change is made, by which it may be late
   */
  static <T> List<List<T>> cut(
      List<T> things,
      Function<T, UsageEvent> event,
      Function<T, Instant> at,
      ToIntFunction<T> actions) {
    Map<String, List<T>> byCustomer = new LinkedHashMap<>();
    for (T thing : things) {
      byCustomer
          .computeIfAbsent(event.apply(thing).attribution().customerId(), _ -> new ArrayList<>())
          .add(thing);
    }
    Comparator<T> neighbours =
        Comparator.comparing(
                (T thing) -> event.apply(thing).attribution().userId(),
                Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(thing -> event.apply(thing).timestamp());
    SumsOfEvents sums = new SumsOfEvents();
    List<Part<T>> parts = new ArrayList<>();
    for (List<T> ofCustomer : byCustomer.values()) {
      ofCustomer.sort(neighbours);
      Part<T> part = new Part<>();
      for (T thing : ofCustomer) {
        Part<T> one = Part.of(thing, actions, sums.of(event.apply(thing), at.apply(thing)));
        part = addOrBegin(part, one, parts);
      }
      parts.add(part);
    }
    return pack(parts);
  }

  /** Small ones first, so that none stays alone beside a large one. */
  private static <T> List<List<T>> pack(List<Part<T>> parts) {
    parts.sort(Comparator.comparingInt(Part::size));
    List<Part<T>> packed = new ArrayList<>();
    Part<T> part = new Part<>();
    for (Part<T> next : parts) {
      part = addOrBegin(part, next, packed);
    }
    if (part.size() > 0) {
      packed.add(part);
    }
    return packed.stream().map(each -> each.things).toList();
  }

  /** The part with the next one in it, or the next one where they don't fit one transaction. */
  private static <T> Part<T> addOrBegin(Part<T> part, Part<T> next, List<Part<T>> finished) {
    if (part.addIfItFits(next)) {
      return part;
    }
    finished.add(part);
    return next;
  }

  /** What goes into one transaction. */
  private static final class Part<T> {
    private final List<T> things = new ArrayList<>();
    private final Set<Record> sums = new HashSet<>();
    private int own;

    static <T> Part<T> of(T thing, ToIntFunction<T> actions, Collection<? extends Record> sums) {
      Part<T> part = new Part<>();
      part.things.add(thing);
      part.sums.addAll(sums);
      part.own = actions.applyAsInt(thing);
      return part;
    }

    int size() {
      return own + sums.size();
    }

    boolean addIfItFits(Part<T> other) {
      int more = 0;
      for (Record sum : other.sums) {
        if (!sums.contains(sum)) {
          more++;
        }
      }
      if (!things.isEmpty() && size() + other.own + more > ACTIONS_AT_MOST) {
        return false;
      }
      things.addAll(other.things);
      sums.addAll(other.sums);
      own += other.own;
      return true;
    }
  }

  /** The keys of the sums that count an event, made once for all events of a cell. */
  private static final class SumsOfEvents {
    private final Map<RollupCell, List<RollupKey>> byCell = new HashMap<>();

    List<Record> of(UsageEvent event, Instant at) {
      List<Record> keys =
          new ArrayList<>(
              byCell.computeIfAbsent(RollupCell.of(event), cell -> RollupFold.keys(cell, 0)));
      keys.addAll(LateChangeKey.of(event.attribution().customerId(), event.timestamp(), at, 0));
      return keys;
    }
  }
}
