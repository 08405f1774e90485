package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFilter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** {@code GET /v1/usage/forecast}: what the month will cost. */
public final class ForecastUsage implements ReaderHandler {
  private static final int WEEKS = 4;
  private static final int DAYS_KNOWN_AT_LEAST = 2;
  private static final int DAYS_OF_MEAN = 7;
  private static final int SCALE = 12;
  private static final String BY_WEEKDAY =
      "What the month's past days cost, and for today and each day to come the mean of that weekday"
          + " over the last four weeks (for today what it cost already, if that is more). Events"
          + " without a price are not in it.";
  private static final String BY_MEAN =
      "What the month's past days cost, and for today and each day to come the mean of the last"
          + " whole days, seven at most, since the first event (for today what it cost already, if"
          + " that is more). Events without a price are not in it.";
  private static final String UNKNOWN =
      "No forecast: less than two whole days are known since the first event of the last four"
          + " weeks.";

  private final GroupedUsage usage;
  private final Clock clock;

  public ForecastUsage(GroupedUsage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, UsageFilter.PARAMETERS);
    RollupFilter filter = UsageFilter.read(parameters, caller);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate monthStart = today.withDayOfMonth(1);
    LocalDate fourWeeksAgo = today.minusWeeks(WEEKS);
    LocalDate first = monthStart.isBefore(fourWeeksAgo) ? monthStart : fourWeeksAgo;
    List<Instant> edges = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(today.plusDays(1)); day = day.plusDays(1)) {
      edges.add(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    Map<LocalDate, Rollup> days = new TreeMap<>();
    List<Rollup> sums = usage.whole(filter, edges);
    for (int i = 0; i < sums.size(); i++) {
      days.put(first.plusDays(i), sums.get(i));
    }
    Rollup monthToDate =
        days.entrySet().stream()
            .filter(day -> !day.getKey().isBefore(monthStart))
            .map(Map.Entry::getValue)
            .reduce(Rollup.NONE, Rollup::plus);
    long known = known(days, today);
    BigDecimal forecast =
        known < DAYS_KNOWN_AT_LEAST ? null : forecast(days, today, monthStart, known);
    ObjectNode json = Json.object().put("month", YearMonth.from(today).toString());
    json.set("month_to_date", SumJson.of(monthToDate));
    json.put("forecast_usd", forecast == null ? null : forecast.toPlainString())
        .put(
            "method",
            known < DAYS_KNOWN_AT_LEAST ? UNKNOWN : byWeekday(known) ? BY_WEEKDAY : BY_MEAN)
        .put("days_elapsed", today.getDayOfMonth() - 1)
        .put("days_in_month", today.lengthOfMonth());
    return Answer.json(200, Json.data(json));
  }

  private static boolean byWeekday(long known) {
    return known >= WEEKS * 7L;
  }

  /** Whole days since the first event of the last four weeks. */
  private static long known(Map<LocalDate, Rollup> days, LocalDate today) {
    return days.entrySet().stream()
        .filter(day -> !day.getKey().isBefore(today.minusWeeks(WEEKS)))
        .filter(day -> day.getKey().isBefore(today) && day.getValue().events() != 0)
        .map(Map.Entry::getKey)
        .findFirst()
        .map(day -> ChronoUnit.DAYS.between(day, today))
        .orElse(0L);
  }

  private static BigDecimal forecast(
      Map<LocalDate, Rollup> days, LocalDate today, LocalDate monthStart, long known) {
    BigDecimal usd = BigDecimal.ZERO;
    for (LocalDate day = monthStart;
        day.isBefore(monthStart.plusMonths(1));
        day = day.plusDays(1)) {
      if (day.isBefore(today)) {
        usd = usd.add(cost(days, day));
      } else {
        BigDecimal expected = expected(days, today, day, known);
        usd = usd.add(day.equals(today) ? expected.max(cost(days, day)) : expected);
      }
    }
    return usd.stripTrailingZeros();
  }

  private static BigDecimal expected(
      Map<LocalDate, Rollup> days, LocalDate today, LocalDate day, long known) {
    List<LocalDate> like =
        byWeekday(known)
            ? IntStream.rangeClosed(1, WEEKS * 7)
                .mapToObj(today::minusDays)
                .filter(past -> past.getDayOfWeek() == day.getDayOfWeek())
                .toList()
            : IntStream.rangeClosed(1, Math.toIntExact(Math.min(known, DAYS_OF_MEAN)))
                .mapToObj(today::minusDays)
                .toList();
    BigDecimal sum =
        like.stream().map(past -> cost(days, past)).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(like.size()), SCALE, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal cost(Map<LocalDate, Rollup> days, LocalDate day) {
    return days.getOrDefault(day, Rollup.NONE).costUsd();
  }
}
