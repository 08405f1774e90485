package io.openmonetize.storage;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A place in a feed: what was listed has greater sort keys or this one. Sort keys never change and
 * are unique, so events that arrive meanwhile move nothing.
 *
 * @param sort the sort key of the last event looked at, or only the time of one
 */
record FeedPosition(String sort) {
  private static final Pattern FORM =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z(#[A-Za-z0-9_-]{16})?");

  private static final int TIME_LENGTH = "2026-01-01T00:00:00.000Z".length();

  /** Before this time, itself not included. */
  static FeedPosition before(Instant time) {
    return new FeedPosition(FeedKey.time(time));
  }

  static FeedPosition ofCursor(String cursor) throws InvalidCursorException {
    try {
      String sort = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
      if (FORM.matcher(sort).matches()) {
        FeedPosition position = new FeedPosition(sort);
        position.time();
        return position;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Falls through to the one answer for every text that is no cursor.
    }
    throw new InvalidCursorException();
  }

  String cursor() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sort.getBytes(StandardCharsets.ISO_8859_1));
  }

  Instant time() {
    return Instant.parse(sort.substring(0, TIME_LENGTH));
  }

  /** The day whose partition holds the next smaller sort key. */
  LocalDate day() {
    boolean isStartOfDay = sort.equals(FeedKey.time(FeedKey.start(FeedKey.day(time()))));
    return isStartOfDay ? FeedKey.day(time()).minusDays(1) : FeedKey.day(time());
  }

  FeedPosition earlier(FeedPosition other) {
    return sort.compareTo(other.sort) <= 0 ? this : other;
  }
}
