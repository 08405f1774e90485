package io.openmonetize.query.routes;

import io.openmonetize.events.Provider;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.query.http.Rfc3339;
import io.openmonetize.storage.RollupDimension;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@code /v1/analytics} asks for: the parameters of clients that were written for
 * the existing TypeScript package's server, in its documented spelling and in its client's.
 *
 * @param providers empty for any, as the next two
 * @param range in whole hours
 */
record AnalyticsQuery(
    @Nullable String customerId,
    @Nullable String userId,
    Set<Provider> providers,
    Set<String> models,
    Set<String> featureIds,
    TimeRange range,
    Buckets bucket) {
  private static final Set<String> SHARED =
      Set.of(
          "startDate",
          "start_date",
          "endDate",
          "end_date",
          "customerId",
          "customer_id",
          "userId",
          "user_id",
          "featureId",
          "feature_id",
          "provider",
          "model");

  private static final Buckets[] BUCKETS = {Buckets.DAY, Buckets.WEEK, Buckets.MONTH};

  /**
   * @param more parameters that only this route knows
   * @throws Refusal when a parameter is wrong, or another customer's than the caller may see
   */
  static AnalyticsQuery read(Request request, Caller caller, Instant now, String... more) {
    Set<String> known = new TreeSet<>(SHARED);
    known.addAll(Arrays.asList(more));
    QueryParameters parameters = QueryParameters.read(request, known);
    Set<Provider> providers = EnumSet.noneOf(Provider.class);
    for (String name : list(parameters, "provider")) {
      providers.add(provider(name));
    }
    return new AnalyticsQuery(
        caller.confine(parameters.text(spelling(parameters, "customerId", "customer_id"))),
        parameters.text(spelling(parameters, "userId", "user_id")),
        providers,
        list(parameters, "model"),
        list(parameters, spelling(parameters, "featureId", "feature_id")),
        range(parameters, now),
        Objects.requireNonNullElse(
            parameters.oneOf("groupBy", BUCKETS, Buckets::wireName), Buckets.DAY));
  }

  boolean matches(RollupDimension.Use use) {
    return (providers.isEmpty() || use.provider() != null && providers.contains(use.provider()))
        && (models.isEmpty() || use.model() != null && models.contains(use.model()))
        && (featureIds.isEmpty() || featureIds.contains(use.featureId()));
  }

  private static TimeRange range(QueryParameters parameters, Instant now) {
    String startName = spelling(parameters, "startDate", "start_date");
    String endName = spelling(parameters, "endDate", "end_date");
    String start = parameters.text(startName);
    String end = parameters.text(endName);
    Instant to = end == null ? now : time(endName, end, 1);
    Instant from =
        start == null ? to.minus(SummarizeUsage.LENGTH_BY_DEFAULT) : time(startName, start, 0);
    if (!from.isBefore(to)) {
      throw Refusal.invalid(startName, "must be before " + endName + ", which is " + to);
    }
    return new TimeRange(from, to).wholeHours();
  }

  /**
   * @param days what is added to a date alone: it stands for all of its day
   */
  private static Instant time(String name, String text, int days) {
    if (!text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      // An offset's plus sign that was not percent-encoded has become a blank.
      return Rfc3339.read(name, text.replace(' ', '+'));
    }
    LocalDate date;
    try {
      date = LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.invalid(name, "is no day of the calendar");
    }
    return Rfc3339.read(
        name, date.plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant().toString());
  }

  private static Set<String> list(QueryParameters parameters, String name) {
    String text = parameters.text(name);
    Set<String> words = new LinkedHashSet<>();
    if (text != null) {
      for (String word : text.split(",", -1)) {
        if (word.isBlank()) {
          throw Refusal.invalid(name, "has an empty place between its commas");
        }
        words.add(word.strip());
      }
    }
    return words;
  }

  private static Provider provider(String name) {
    return Arrays.stream(Provider.values())
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("provider", "has a name that is no provider's"));
  }

  /** The one of the two that is there. */
  private static String spelling(QueryParameters parameters, String one, String other) {
    if (parameters.text(other) == null) {
      return one;
    }
    if (parameters.text(one) != null) {
      throw Refusal.invalid(one, "and " + other + " are the same; give one of them");
    }
    return other;
  }
}
