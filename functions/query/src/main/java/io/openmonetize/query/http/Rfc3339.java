package io.openmonetize.query.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** A date and time with an offset, as RFC 3339 writes it, in UTC's years 1970 to 9999. */
public final class Rfc3339 {
  private static final Pattern FORM =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

  /** No time can be written from here on. */
  public static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private Rfc3339() {}

  /**
   * @param name of the parameter or field, for the message
   */
  public static Instant read(String name, String text) {
    if (FORM.matcher(text).matches()) {
      try {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        // The offset may lead into a year that the keys of the tables have no room for.
        if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END)) {
          return instant;
        }
      } catch (DateTimeException e) {
        // Falls through to the one message for every bad value.
      }
    }
    throw Refusal.invalid(name, "must be a time as RFC 3339 writes it, like 2026-01-31T12:00:00Z");
  }
}
