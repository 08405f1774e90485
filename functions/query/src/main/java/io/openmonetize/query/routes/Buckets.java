package io.openmonetize.query.routes;

import io.openmonetize.query.http.Refusal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Cuts a time into hours, days, weeks or months of a time zone. */
enum Buckets {
  HOUR("hour"),
  DAY("day"),
  WEEK("week"),
  MONTH("month");

  static final int AT_MOST = 1_000;

  private final String wireName;

  Buckets(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /**
   * The beginning of each bucket, and the end of the last. All lie on whole hours of UTC, as the
   * range must: where a zone's midnight does not, the bucket begins with the next one.
   *
   * @param parameter that names the buckets, for the refusal
   * @throws Refusal when there are more than {@link #AT_MOST}
   */
  List<Instant> edges(TimeRange range, ZoneId zone, String parameter) {
    List<Instant> edges = new ArrayList<>();
    edges.add(range.from());
    for (Instant next = after(range.from(), zone);
        next.isBefore(range.to());
        next = after(next, zone)) {
      edges.add(next);
      if (edges.size() > AT_MOST) {
        throw Refusal.invalid(
            parameter,
            "is so short that there are more than "
                + AT_MOST
                + " of them; choose a longer one or a shorter time");
      }
    }
    edges.add(range.to());
    return edges;
  }

  /** The first beginning of a bucket after a whole hour. */
  private Instant after(Instant time, ZoneId zone) {
    if (this == HOUR) {
      return time.plus(1, ChronoUnit.HOURS);
    }
    LocalDate day = start(time.atZone(zone).toLocalDate());
    Instant begin = begin(day, zone);
    while (!begin.isAfter(time)) {
      day = next(day);
      begin = begin(day, zone);
    }
    return begin;
  }

  private LocalDate start(LocalDate day) {
    return switch (this) {
      case HOUR, DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  private LocalDate next(LocalDate day) {
    return switch (this) {
      case HOUR, DAY -> day.plusDays(1);
      case WEEK -> day.plusWeeks(1);
      case MONTH -> day.plusMonths(1);
    };
  }

  private static Instant begin(LocalDate day, ZoneId zone) {
    Instant midnight = day.atStartOfDay(zone).toInstant();
    Instant hour = midnight.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(midnight) ? hour : hour.plus(1, ChronoUnit.HOURS);
  }
}
