package io.openmonetize.query.routes;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventFilter;
import io.openmonetize.storage.EventPage;
import io.openmonetize.storage.InvalidCursorException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a call asks for.
 *
 * @param to never later than a day from now
 */
record EventQuery(EventFilter filter, Instant from, Instant to) {
  static final Set<String> PARAMETERS =
      Set.of(
          "customer_id",
          "user_id",
          "feature_id",
          "provider",
          "model",
          "status",
          "usage_status",
          "source",
          "cost_status",
          "quarantined",
          "from",
          "to",
          "cursor");

  /** Reporters' clocks run ahead; what they reported is to be seen all the same. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private static final Duration LENGTH_BY_DEFAULT = Duration.ofDays(366);

  /**
   * @throws Refusal when a parameter is wrong, or another customer's than the caller may see
   */
  static EventQuery read(QueryParameters parameters, Caller caller, Instant now) {
    // Without this bound the feed would look through every month up to a far year, in vain.
    Instant latest = now.plus(AHEAD);
    TimeRange range = TimeRange.read(parameters, latest, LENGTH_BY_DEFAULT);
    Instant to = range.to().isAfter(latest) ? latest : range.to();
    return new EventQuery(filter(parameters, caller), range.from(), to);
  }

  /**
   * @throws Refusal when the cursor is none of ours
   */
  EventPage page(EventFeed feed, int limit, @Nullable String cursor) {
    try {
      return feed.page(filter, from, to, limit, cursor);
    } catch (InvalidCursorException e) {
      throw Refusal.invalid("cursor", "must be the next_cursor of an earlier page");
    }
  }

  private static EventFilter filter(QueryParameters parameters, Caller caller) {
    return new EventFilter(
        caller.confine(parameters.text("customer_id")),
        parameters.text("user_id"),
        parameters.text("feature_id"),
        parameters.oneOf("provider", Provider.values(), Provider::name),
        parameters.text("model"),
        parameters.oneOf("status", CallStatus.values(), CallStatus::wireName),
        parameters.oneOf("usage_status", UsageStatus.values(), UsageStatus::wireName),
        parameters.oneOf("source", Source.values(), Source::wireName),
        either(parameters, "cost_status", "priced", "unpriced"),
        either(parameters, "quarantined", "true", "false"));
  }

  private static @Nullable Boolean either(
      QueryParameters parameters, String name, String yes, String no) {
    String word = parameters.oneOf(name, new String[] {yes, no}, each -> each);
    return word == null ? null : word.equals(yes);
  }
}
