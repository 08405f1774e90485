package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventFilter;
import io.openmonetize.storage.EventPage;
import io.openmonetize.storage.InvalidCursorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** {@code GET /v1/events}: events, newest first, by page. */
public final class ListEvents implements ReaderHandler {
  private static final Set<String> PARAMETERS =
      Set.of(
          "customer_id",
          "user_id",
          "feature_id",
          "provider",
          "model",
          "status",
          "source",
          "from",
          "to",
          "limit",
          "cursor");

  private static final int LIMIT_BY_DEFAULT = 50;
  private static final int LIMIT_AT_MOST = 200;

  /**
   * Lambda takes an answer of 6 MB, in which the body is a JSON string: each of its quotation marks
   * is two characters there.
   */
  private static final int BYTES_AT_MOST = 4_000_000;

  /** Reporters' clocks run ahead; what they reported is to be seen all the same. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private static final Duration LENGTH_BY_DEFAULT = Duration.ofDays(366);

  private final EventFeed feed;
  private final Clock clock;

  public ListEvents(EventFeed feed, Clock clock) {
    this.feed = feed;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    // Without this bound the feed would look through every month up to a far year, in vain.
    Instant latest = clock.instant().plus(AHEAD);
    TimeRange range = TimeRange.read(parameters, latest, LENGTH_BY_DEFAULT);
    Instant to = range.to().isAfter(latest) ? latest : range.to();
    EventFilter filter = filter(parameters, caller);
    int limit = parameters.wholeNumber("limit", LIMIT_BY_DEFAULT, 1, LIMIT_AT_MOST);
    String cursor = parameters.text("cursor");
    try {
      return answer(limit, atMost -> feed.page(filter, range.from(), to, atMost, cursor));
    } catch (InvalidCursorException e) {
      throw Refusal.invalid("cursor", "must be the next_cursor of an earlier page");
    }
  }

  @FunctionalInterface
  private interface PageReader {
    EventPage page(int limit) throws InvalidCursorException;
  }

  /** Asks for fewer events where their raw usage makes the answer too long. */
  private static Answer answer(int limit, PageReader reader) throws InvalidCursorException {
    Answer answer = json(reader.page(limit));
    for (int fewer = limit / 2; fewer > 0 && answer.body().length > BYTES_AT_MOST; fewer /= 2) {
      answer = json(reader.page(fewer));
    }
    return answer;
  }

  private static EventFilter filter(QueryParameters parameters, Caller caller) {
    return new EventFilter(
        caller.confine(parameters.text("customer_id")),
        parameters.text("user_id"),
        parameters.text("feature_id"),
        parameters.oneOf("provider", Provider.values(), Provider::name),
        parameters.text("model"),
        parameters.oneOf("status", CallStatus.values(), CallStatus::wireName),
        null,
        parameters.oneOf("source", Source.values(), Source::wireName));
  }

  private static Answer json(EventPage page) {
    ObjectNode json = Json.object();
    var data = json.putArray("data");
    page.events().stream().map(EventJson::of).forEach(data::add);
    return Answer.json(200, json.put("next_cursor", page.nextCursor()));
  }
}
