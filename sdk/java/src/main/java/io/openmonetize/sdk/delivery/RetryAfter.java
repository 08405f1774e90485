package io.openmonetize.sdk.delivery;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header of RFC 9110, section 10.2.3: seconds, or a date. */
final class RetryAfter {
  static final Duration AT_MOST = Duration.ofSeconds(60);

  private final Clock clock;

  RetryAfter(Clock clock) {
    this.clock = clock;
  }

  /** Null for none, for one that cannot be read, and for one that is over. */
  @Nullable Duration read(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    Duration wait = text.matches("[0-9]+") ? seconds(text) : untilDate(text);
    if (wait == null || wait.isZero() || wait.isNegative()) {
      return null;
    }
    return wait.compareTo(AT_MOST) > 0 ? AT_MOST : wait;
  }

  private static Duration seconds(String digits) {
    return digits.length() > 9 ? AT_MOST : Duration.ofSeconds(Long.parseLong(digits));
  }

  private @Nullable Duration untilDate(String text) {
    try {
      Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return Duration.between(clock.instant(), date);
    } catch (DateTimeException notADate) {
      return null;
    }
  }
}
