package io.openmonetize.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring slots of one bucket: what one Query can read.
 *
 * @param last inclusive
 */
record RollupSpan(Grain grain, String bucket, String first, String last) {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Whole days by day items, the ragged ends by hour items. */
  static List<RollupSpan> cover(Instant from, Instant to) {
    Instant firstDay = ceiling(from);
    Instant lastDay = to.truncatedTo(ChronoUnit.DAYS);
    if (!firstDay.isBefore(lastDay)) {
      return hours(from, to);
    }
    List<RollupSpan> spans = new ArrayList<>(hours(from, firstDay));
    spans.addAll(days(firstDay, lastDay));
    spans.addAll(hours(lastDay, to));
    return spans;
  }

  /** One span a day. */
  static List<RollupSpan> hours(Instant from, Instant to) {
    requireWhole(Grain.HOUR, from, to);
    List<RollupSpan> spans = new ArrayList<>();
    for (Instant start = from; start.isBefore(to); ) {
      Instant nextDay = start.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
      Instant end = nextDay.isBefore(to) ? nextDay : to;
      spans.add(span(Grain.HOUR, start, end));
      start = end;
    }
    return spans;
  }

  /** One span a month. */
  static List<RollupSpan> days(Instant from, Instant to) {
    requireWhole(Grain.DAY, from, to);
    List<RollupSpan> spans = new ArrayList<>();
    for (Instant start = from; start.isBefore(to); ) {
      Instant nextMonth =
          YearMonth.from(start.atZone(ZoneOffset.UTC))
              .plusMonths(1)
              .atDay(1)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();
      Instant end = nextMonth.isBefore(to) ? nextMonth : to;
      spans.add(span(Grain.DAY, start, end));
      start = end;
    }
    return spans;
  }

  private static RollupSpan span(Grain grain, Instant start, Instant end) {
    Instant last = end.minus(HOUR);
    return new RollupSpan(grain, grain.bucket(start), grain.slot(start), grain.slot(last));
  }

  private static Instant ceiling(Instant time) {
    Instant day = time.truncatedTo(ChronoUnit.DAYS);
    return day.equals(time) ? day : day.plus(1, ChronoUnit.DAYS);
  }

  private static void requireWhole(Grain grain, Instant from, Instant to) {
    if (!grain.floor(from).equals(from) || !grain.floor(to).equals(to)) {
      throw new IllegalArgumentException(
          "a range of rollups must begin and end on a whole "
              + (grain == Grain.DAY ? "day" : "hour")
              + ", UTC");
    }
  }
}
