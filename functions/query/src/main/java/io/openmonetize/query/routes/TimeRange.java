package io.openmonetize.query.routes;

import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From when, included, to when, not included. */
record TimeRange(Instant from, Instant to) {
  /**
   * @param toByDefault the end where none is given
   * @param length how long before its end the range begins where no beginning is given
   */
  static TimeRange read(QueryParameters parameters, Instant toByDefault, Duration length) {
    Instant from = parameters.instant("from");
    Instant to = parameters.instant("to");
    if (to == null) {
      to = toByDefault;
    }
    if (from == null) {
      from = to.minus(length);
    }
    if (!from.isBefore(to)) {
      throw Refusal.invalid("from", "must be before to, which is " + to);
    }
    return new TimeRange(from, to);
  }

  /**
   * The least range of whole hours, UTC, that has this one in it, but for the last of year 9999.
   */
  TimeRange wholeHours() {
    return whole(ChronoUnit.HOURS);
  }

  /** The least range of whole days, UTC, that has this one in it. */
  TimeRange wholeDays() {
    return whole(ChronoUnit.DAYS);
  }

  /** The time of equal length just before. */
  TimeRange previous() {
    return new TimeRange(from.minus(Duration.between(from, to)), from);
  }

  private TimeRange whole(ChronoUnit unit) {
    Instant start = from.truncatedTo(unit);
    Instant end = to.truncatedTo(unit);
    if (!end.equals(to) && end.plus(1, unit).isBefore(Rfc3339.END)) {
      end = end.plus(1, unit);
    }
    // At the end of all time, of which nothing is told yet.
    return new TimeRange(start.isBefore(end) ? start : end.minus(1, unit), end);
  }
}
