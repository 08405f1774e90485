package io.openmonetize.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which slots to read so as to sum some neighbouring times, and for which of them each slot counts.
 * A time is put together from the longest slots that fit; where more than half of one is wanted,
 * the whole is taken and what is not wanted is taken out again. A day that begins two hours before
 * midnight, UTC, so reads two hours of each day and not twenty-four. What is still to come is all
 * but empty, so it is taken out rather than what has passed put together.
 */
public final class RollupPlan {
  /** A plan names every day; more than 27 years of them are a mistake. */
  private static final long DAYS_AT_MOST = 10_000;

  /** A slot. */
  private record Slot(Grain grain, Instant start) {}

  /**
   * @param part for which of the times the slot counts
   * @param added false where it is taken out
   */
  record Share(int part, boolean added) {}

  private final List<Instant> edges;
  private final Instant now;
  private final Map<Slot, List<Share>> shares = new HashMap<>();

  private RollupPlan(List<Instant> edges, Grain coarsest, Instant now) {
    this.edges = List.copyOf(edges);
    this.now = now;
    for (int part = 0; part < parts(); part++) {
      cover(coarsest, edges.get(part), edges.get(part + 1), new Share(part, true));
    }
  }

  /**
   * @param edges at least two in rising order: each is the end of one time and the beginning of the
   *     next. All must be whole hours, UTC, or whatever is the finest grain of the sums
   * @param now after which hardly an event lies; any time gives the same sums
   * @throws IllegalArgumentException when they are not
   * @throws RangeTooLongException when they lie too far apart
   */
  static RollupPlan of(List<Instant> edges, Grain finest, Grain coarsest, Instant now) {
    long days = Duration.between(edges.getFirst(), edges.getLast()).toDays();
    if (days > DAYS_AT_MOST) {
      throw new RangeTooLongException(days, "days");
    }
    for (int i = 0; i < edges.size(); i++) {
      Instant edge = edges.get(i);
      if (!finest.floor(edge).equals(edge) || i > 0 && edge.isBefore(edges.get(i - 1))) {
        throw new IllegalArgumentException(
            "sums begin and end on a whole " + finest.name().toLowerCase() + ", UTC, and in order");
      }
    }
    return new RollupPlan(edges, coarsest, now);
  }

  int parts() {
    return edges.size() - 1;
  }

  List<Share> shares(Grain grain, Instant start) {
    return shares.getOrDefault(new Slot(grain, start), List.of());
  }

  /** What to read: neighbouring slots of a bucket together. */
  List<RollupSpan> spans() {
    List<RollupSpan> spans = new ArrayList<>();
    for (Grain grain : Grain.values()) {
      NavigableSet<Instant> starts = new TreeSet<>();
      shares.forEach(
          (slot, ofSlot) -> {
            if (slot.grain == grain && !ofSlot.isEmpty()) {
              starts.add(slot.start);
            }
          });
      while (!starts.isEmpty()) {
        Instant first = starts.removeFirst();
        Instant last = first;
        while (starts.contains(last.plus(grain.length()))
            && grain.bucket(last.plus(grain.length())).equals(grain.bucket(first))) {
          last = last.plus(grain.length());
          starts.remove(last);
        }
        spans.add(new RollupSpan(grain, grain.bucket(first), grain.slot(first), grain.slot(last)));
      }
    }
    return spans;
  }

  private void cover(Grain grain, Instant from, Instant to, Share share) {
    for (Instant start = grain.floor(from); start.isBefore(to); ) {
      Instant end = start.plus(grain.length());
      Instant wantedFrom = from.isAfter(start) ? from : start;
      Instant wantedTo = to.isBefore(end) ? to : end;
      if (wantedFrom.equals(start) && wantedTo.equals(end)) {
        add(new Slot(grain, start), share);
      } else {
        coverPart(grain, start, wantedFrom, wantedTo, share);
      }
      start = end;
    }
  }

  private void coverPart(Grain grain, Instant start, Instant from, Instant to, Share share) {
    Grain finer = Grain.values()[grain.ordinal() - 1];
    Instant end = start.plus(grain.length());
    long wanted = pastSeconds(from, to);
    if (2 * wanted <= pastSeconds(start, end)) {
      cover(finer, from, to, share);
    } else {
      add(new Slot(grain, start), share);
      Share opposite = new Share(share.part, !share.added);
      cover(finer, start, from, opposite);
      cover(finer, to, end, opposite);
    }
  }

  /** How much of the time has passed. */
  private long pastSeconds(Instant from, Instant to) {
    Instant end = to.isBefore(now) ? to : now;
    return from.isBefore(end) ? end.getEpochSecond() - from.getEpochSecond() : 0;
  }

  /** Two that cancel each other leave nothing to be read. */
  private void add(Slot slot, Share share) {
    List<Share> ofSlot = shares.computeIfAbsent(slot, _ -> new ArrayList<>());
    if (!ofSlot.remove(new Share(share.part, !share.added))) {
      ofSlot.add(share);
    }
  }
}
