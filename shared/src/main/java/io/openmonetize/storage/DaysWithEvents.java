package io.openmonetize.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/** Which days may hold events of a filter, by the rollups; each month is asked for once. */
final class DaysWithEvents {
  private final RollupReader rollups;
  private final RollupFilter filter;
  private @Nullable YearMonth month;
  private NavigableSet<Instant> days = Collections.emptyNavigableSet();

  DaysWithEvents(RollupReader rollups, RollupFilter filter) {
    this.rollups = rollups;
    this.filter = filter;
  }

  /** The last of them before the day and in the given month; null when there is none. */
  @Nullable LocalDate before(LocalDate day, YearMonth in) {
    if (!in.equals(month)) {
      days = rollups.days(filter, RollupReader.By.WHOLE, in, Rollup::hasEvents);
      month = in;
    }
    Instant earlier = days.lower(FeedKey.start(day));
    return earlier == null ? null : FeedKey.day(earlier);
  }
}
