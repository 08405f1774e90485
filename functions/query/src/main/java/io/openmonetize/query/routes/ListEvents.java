package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.AnswerSize;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventPage;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code GET /v1/events}: events, newest first, a page at a time, by cursor or by offset. */
public final class ListEvents implements ReaderHandler {
  private static final Set<String> PARAMETERS =
      Stream.concat(EventQuery.PARAMETERS.stream(), Stream.of("limit", "offset"))
          .collect(Collectors.toUnmodifiableSet());

  private static final int LIMIT_BY_DEFAULT = 50;
  private static final int LIMIT_AT_MOST = 200;
  private static final int OFFSET_AT_MOST = 999_999_999;

  private final EventFeed feed;
  private final EventsByOffset byOffset;
  private final Clock clock;

  public ListEvents(EventFeed feed, GroupedUsage usage, Clock clock) {
    this.feed = feed;
    this.byOffset = new EventsByOffset(feed, usage);
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    EventQuery query = EventQuery.read(parameters, caller, clock.instant());
    int limit = parameters.wholeNumber("limit", LIMIT_BY_DEFAULT, 1, LIMIT_AT_MOST);
    String cursor = parameters.text("cursor");
    if (parameters.text("offset") != null) {
      if (cursor != null) {
        throw Refusal.invalid("offset", "and cursor are two ways to page; give one of them");
      }
      return byOffset.answer(query, limit, parameters.wholeNumber("offset", 0, 0, OFFSET_AT_MOST));
    }
    Answer answer = json(query.page(feed, limit, cursor));
    // Fewer events where their raw usage makes the answer too long.
    for (int fewer = limit / 2; fewer > 0 && isTooLong(answer); fewer /= 2) {
      answer = json(query.page(feed, fewer, cursor));
    }
    return answer;
  }

  private static boolean isTooLong(Answer answer) {
    return AnswerSize.of(answer) > AnswerSize.BYTES_AT_MOST;
  }

  private static Answer json(EventPage page) {
    ObjectNode json = Json.object();
    var data = json.putArray("data");
    page.events().stream().map(EventJson::of).forEach(data::add);
    return Answer.json(200, json.put("next_cursor", page.nextCursor()));
  }
}
