package io.openmonetize.local.load;

import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.UsageLayout;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The usage of a {@link LoadShape}, made up day by day. */
public final class MadeUpUsage {
  private static final int WORKDAY = 5;
  private static final int WEEKEND_DAY = 2;
  private static final int SECONDS_OF_A_DAY = 86_400;

  private final LoadShape shape;
  private final UsageLayout layout;
  private final MadeUpSession sessions;

  /**
   * @param environment of the keys that were used: {@code dev} or {@code live}
   */
  public MadeUpUsage(LoadShape shape, UsageLayout layout, PriceBook prices, String environment) {
    this.shape = shape;
    this.layout = layout;
    this.sessions = new MadeUpSession(shape, prices, environment);
  }

  public LoadShape shape() {
    return shape;
  }

  /** The days, in order; no session lies in two of them. */
  public List<LocalDate> days() {
    // The moment itself is not reached: at midnight the last day is the one before.
    LocalDate last = LocalDate.ofInstant(shape.until().minusNanos(1), ZoneOffset.UTC);
    return Stream.iterate(last.minusDays(shape.days() - 1L), day -> day.plusDays(1))
        .limit(shape.days())
        .toList();
  }

  /** Gives the day's sessions one after the other. */
  public void sessions(LocalDate day, Consumer<Session> to) {
    SplittableRandom random = new SplittableRandom(31 * shape.seed() + day.toEpochDay());
    Instant start = start(day);
    Instant end = end(day);
    long left = eventsBefore(day.plusDays(1)) - eventsBefore(day);
    while (left > 0) {
      int length = (int) Math.min(left, 1 + random.nextInt(shape.longestSession()));
      int shard = random.nextInt(layout.rollupShards());
      to.accept(new Session(shard, sessions.make(random, start, end, length)));
      left -= length;
    }
  }

  /** Cut from the whole by the days' weights, so that all days together have exactly the events. */
  private long eventsBefore(LocalDate day) {
    long before = 0;
    long all = 0;
    for (LocalDate each : days()) {
      long weight = weight(each);
      all += weight;
      before += each.isBefore(day) ? weight : 0;
    }
    return Math.multiplyExact(shape.events(), before) / all;
  }

  private long weight(LocalDate day) {
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    long seconds = Math.max(1, Duration.between(start(day), end(day)).toSeconds());
    return seconds * (weekend ? WEEKEND_DAY : WORKDAY);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private Instant end(LocalDate day) {
    Instant midnight = start(day).plusSeconds(SECONDS_OF_A_DAY);
    return midnight.isAfter(shape.until()) ? shape.until() : midnight;
  }
}
