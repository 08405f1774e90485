package io.openmonetize.query.routes;

import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.AnswerSize;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventPage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/events.csv}: events as CSV, in parts that the reader joins. A part ends with the
 * page that brings it to the most of rows, bytes or time.
 */
public final class DownloadEvents implements ReaderHandler {
  static final String NEXT_CURSOR = "x-om-next-cursor";
  static final int ROWS_AT_MOST = 10_000;

  /** No further page is read from then on, so that one of the usual length has room. */
  private static final int BYTES_ENOUGH = 4_000_000;

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
    StringBuilder text = new StringBuilder(cursor == null ? line(EventCsv.names()) : "");
    long bytes = AnswerSize.of(text.toString());
    int rows = 0;
    int limit = EventFeed.LIMIT_AT_MOST;
    boolean full = false;
    while (!full) {
      EventPage page = query.page(feed, Math.min(limit, ROWS_AT_MOST - rows), cursor);
      String lines = lines(page);
      long more = AnswerSize.of(lines);
      if (bytes + more > AnswerSize.BYTES_AT_MOST && limit > 1) {
        // The same page again, with fewer events.
        limit /= 2;
      } else {
        text.append(lines);
        bytes += more;
        rows += page.events().size();
        cursor = page.nextCursor();
        full = cursor == null || rows >= ROWS_AT_MOST || bytes >= BYTES_ENOUGH || isLate(begun);
      }
    }
    Answer answer =
        Answer.of(
                200,
                "text/csv; charset=utf-8; header="
                    + (parameters.text("cursor") == null ? "present" : "absent"),
                text.toString().getBytes(StandardCharsets.UTF_8))
            .with("content-disposition", "attachment; filename=\"events.csv\"");
    return cursor == null ? answer : answer.with(NEXT_CURSOR, cursor);
  }

  private boolean isLate(Instant begun) {
    return Duration.between(begun, clock.instant()).compareTo(TIME_AT_MOST) >= 0;
  }

  private static String lines(EventPage page) {
    Csv csv = new Csv();
    page.events().forEach(stored -> csv.line(EventCsv.values(stored)));
    return csv.toString();
  }

  private static String line(List<@Nullable String> fields) {
    Csv csv = new Csv();
    csv.line(fields);
    return csv.toString();
  }
}
