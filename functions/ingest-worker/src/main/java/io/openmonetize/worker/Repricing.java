package io.openmonetize.worker;

import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.RepricingState;
import io.openmonetize.storage.ReratingRun;
import io.openmonetize.storage.ReratingScope;
import io.openmonetize.storage.RollupFilter;
import io.openmonetize.storage.RollupReader;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Gives unpriced events their price when a price book comes that has it: once for each version of
 * the book, and only on the days and for the customers of which the rollups count unpriced events.
 * What has a price keeps it. Where it is stopped, the next call goes on.
 */
public final class Repricing {
  /** How far back prices still arrive; {@code ./om rerate --unpriced} reaches further. */
  private static final int MONTHS_BACK = 36;

  /** Between the day and the customer of a place. */
  private static final String SEPARATOR = " ";

  private final RollupReader rollups;
  private final RepricingState state;
  private final Rerating rerating;
  private final PriceBook book;
  private final Clock clock;
  private final Log log;

  /**
   * @param rerating by the same book
   */
  public Repricing(
      RollupReader rollups,
      RepricingState state,
      Rerating rerating,
      PriceBook book,
      Clock clock,
      Log log) {
    this.rollups = rollups;
    this.state = state;
    this.rerating = rerating;
    this.book = book;
    this.clock = clock;
    this.log = log;
  }

  /** Does nothing when this version of the book is done. */
  public void run(TimeLeft timeLeft) {
    Optional<RepricingState.Progress> before =
        state.read().filter(progress -> progress.priceBook().equals(book.version()));
    if (before.map(RepricingState.Progress::done).orElse(false)) {
      log.debug("repricing.nothing_to_do", "price_book", book.version());
      return;
    }
    String through = before.map(RepricingState.Progress::through).orElse("");
    NavigableSet<Instant> days = unpricedDays();
    boolean whole = days.isEmpty() || reprice(days, through, timeLeft);
    if (whole) {
      state.write(new RepricingState.Progress(book.version(), null, true));
    }
  }

  private boolean reprice(NavigableSet<Instant> days, String through, TimeLeft timeLeft) {
    ReratingScope all =
        new ReratingScope(days.getFirst(), days.getLast().plus(1, ChronoUnit.DAYS), null, true);
    ReratingRun run = rerating.start(all);
    log.info(
        "repricing.started", "run", run.id(), "price_book", book.version(), "days", days.size());
    ReratingTally tally = new ReratingTally();
    boolean whole = reprice(days, through, tally, timeLeft);
    rerating.end(run, tally, whole);
    ReratingReport report = tally.report(run.id(), whole);
    log.info(
        whole ? "repricing.finished" : "repricing.interrupted",
        "run",
        run.id(),
        "events",
        report.totals().events(),
        "corrected",
        report.totals().corrected(),
        "refused",
        report.refused(),
        "unpriced_left",
        report.totals().unpricedAfter());
    return whole;
  }

  private boolean reprice(
      NavigableSet<Instant> days, String through, ReratingTally tally, TimeLeft timeLeft) {
    Instant begin = through.isEmpty() ? days.getFirst() : day(through);
    for (Instant day : days.tailSet(begin)) {
      Instant end = day.plus(1, ChronoUnit.DAYS);
      for (String customer : unpricedCustomers(day, end)) {
        // In the order of these names, so that all up to one are done once it is.
        String place = day + SEPARATOR + customer;
        if (place.compareTo(through) <= 0) {
          continue;
        }
        if (!rerating.pass(new ReratingScope(day, end, customer, true), tally, timeLeft)) {
          return false;
        }
        state.write(new RepricingState.Progress(book.version(), place, false));
      }
    }
    return true;
  }

  private static Instant day(String place) {
    return Instant.parse(place.substring(0, place.indexOf(SEPARATOR)));
  }

  private NavigableSet<Instant> unpricedDays() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    // Reporters' clocks may be ahead of ours.
    YearMonth last = YearMonth.from(today.plusDays(1));
    NavigableSet<Instant> days = new TreeSet<>();
    // By month, which is a query a shard: all at once would be too many where there are many.
    for (YearMonth month = YearMonth.from(today).minusMonths(MONTHS_BACK);
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      // By use, which sums of every layout are.
      days.addAll(
          rollups.days(RollupFilter.ALL, RollupReader.By.USE, month, sum -> sum.unpriced() > 0));
    }
    return days;
  }

  private NavigableSet<String> unpricedCustomers(Instant day, Instant end) {
    NavigableSet<String> customers = new TreeSet<>();
    rollups
        .customers(List.of(day, end))
        .forEach(
            (customerId, sums) -> {
              if (sums.getFirst().unpriced() > 0) {
                customers.add(customerId);
              }
            });
    return customers;
  }
}
