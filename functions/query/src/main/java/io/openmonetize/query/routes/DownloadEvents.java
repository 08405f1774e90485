package io.openmonetize.query.routes;

import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventPage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * {@code GET /v1/events.csv}: events as CSV, in parts that the reader joins. A part ends with the
 * page that brings it to the most of rows, bytes or time.
 */
public final class DownloadEvents implements ReaderHandler {
  static final String NEXT_CURSOR = "x-om-next-cursor";
  static final int ROWS_AT_MOST = 10_000;

  /**
   * Lambda takes an answer of 6 MB, in which the body is a JSON string where line ends and
   * quotation marks are two characters each.
   */
  private static final int CHARACTERS_AT_MOST = 2_500_000;

  private static final Duration TIME_AT_MOST = Duration.ofSeconds(20);

  private final EventFeed feed;
  private final Clock clock;

  public DownloadEvents(EventFeed feed, Clock clock) {
    this.feed = feed;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, EventQuery.PARAMETERS);
    Instant begun = clock.instant();
    EventQuery query = EventQuery.read(parameters, caller, begun);
    String cursor = parameters.text("cursor");
    Csv csv = new Csv();
    if (cursor == null) {
      csv.line(EventCsv.names());
    }
    int rows = 0;
    do {
      int limit = Math.min(EventFeed.LIMIT_AT_MOST, ROWS_AT_MOST - rows);
      EventPage page = query.page(feed, limit, cursor);
      page.events().forEach(stored -> csv.line(EventCsv.values(stored)));
      rows += page.events().size();
      cursor = page.nextCursor();
    } while (cursor != null
        && rows < ROWS_AT_MOST
        && csv.length() < CHARACTERS_AT_MOST
        && Duration.between(begun, clock.instant()).compareTo(TIME_AT_MOST) < 0);
    Answer answer =
        Answer.of(
                200,
                "text/csv; charset=utf-8; header="
                    + (parameters.text("cursor") == null ? "present" : "absent"),
                csv.toString().getBytes(StandardCharsets.UTF_8))
            .with("content-disposition", "attachment; filename=\"events.csv\"");
    return cursor == null ? answer : answer.with(NEXT_CURSOR, cursor);
  }
}
