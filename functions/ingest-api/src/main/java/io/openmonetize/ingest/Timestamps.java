package io.openmonetize.ingest;

import io.openmonetize.storage.Retention;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the times of events and refuses those that no clock can mean. */
final class Timestamps {
  /** Older reports are refused: what they would change was closed long ago. */
  static final Duration OLDEST = Duration.ofDays(365);

  /** How far the reporter's clock may be ahead of ours. */
  static final Duration AHEAD = Duration.ofMinutes(15);

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

  private Timestamps() {}

  static Instant read(String field, String text, Instant now, Retention retention)
      throws InvalidFieldException {
    Instant time = parse(field, text);
    if (!retention.covers(time, now)) {
      throw new InvalidFieldException(
          field,
          "Must not be more than "
              + retention.days()
              + " days in the past: for so long are events kept");
    }
    if (time.isBefore(now.minus(OLDEST))) {
      throw new InvalidFieldException(
          field, "Must not be more than " + OLDEST.toDays() + " days in the past");
    }
    if (time.isAfter(now.plus(AHEAD))) {
      throw new InvalidFieldException(
          field, "Must not be more than " + AHEAD.toMinutes() + " minutes in the future");
    }
    return time;
  }

  private static Instant parse(String field, String text) throws InvalidFieldException {
    if (RFC_3339.matcher(text).matches()) {
      try {
        return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT).replace(' ', 'T')).toInstant();
      } catch (DateTimeException e) {
        // A day that the month has not, or such: no time either.
      }
    }
    throw new InvalidFieldException(field, "Invalid datetime");
  }
}
