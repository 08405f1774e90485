package io.openmonetize.local.smoke;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a real stream arrives, and that its usage is booked. Each call costs a fraction of a cent.
 */
final class StreamChecks {
  private static final String LAST_EVENT = "event: message_stop";

  /** The platform's own buffering joins tokens that come close together. */
  private static final double READS_PER_EVENT_AT_LEAST = 0.2;

  private static final long TAIL_MILLIS_AT_MOST = 1_000;

  private final ProxyCalls calls;
  private final LedgerReads ledger;

  StreamChecks(ProxyCalls calls, LedgerReads ledger) {
    this.calls = calls;
    this.ledger = ledger;
  }

  List<Check> all() {
    return List.of(
        new Check("stream: first byte long before its end", this::firstByte),
        new Check("stream: cadence of what arrives", this::cadence),
        new Check("stream: its end is told at once", this::end),
        new Check("call straight after a stream's end", this::callAfterAStream),
        new Check("event: visible, and its tokens the provider's", this::event),
        new Check("caller hangs up: the call is booked", this::hangUp));
  }

  private Outcome firstByte() throws IOException, InterruptedException {
    long began = System.nanoTime();
    HttpResponse<InputStream> answer = calls.stream(ProxyCalls.newUser());
    long head = Arrivals.since(began);
    Arrivals arrivals = read(answer, began);
    return Outcome.of(
        whole(answer, arrivals) && arrivals.first() * 5 < arrivals.end() * 4,
        "status %d, head %d ms, first byte %d ms, end %d ms"
            .formatted(answer.statusCode(), head, arrivals.first(), arrivals.end()));
  }

  private Outcome cadence() throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = calls.stream(ProxyCalls.newUser());
    Arrivals arrivals = read(answer, System.nanoTime());
    int events = arrivals.text().split("event: ", -1).length - 1;
    List<Long> gaps = gaps(arrivals.millis());
    return Outcome.of(
        whole(answer, arrivals) && arrivals.millis().size() >= events * READS_PER_EVENT_AT_LEAST,
        "%d events in %d reads, gaps %s".formatted(events, arrivals.millis().size(), spread(gaps)));
  }

  /**
   * The usage leaves after the caller has its last byte. A front door that holds the end back until
   * then would show it here.
   */
  private Outcome end() throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = calls.stream(ProxyCalls.newUser());
    Arrivals arrivals = read(answer, System.nanoTime());
    return Outcome.of(
        whole(answer, arrivals) && arrivals.tail() <= TAIL_MILLIS_AT_MOST,
        "end %d ms after the last byte".formatted(arrivals.tail()));
  }

  private Outcome callAfterAStream() throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = calls.stream(ProxyCalls.newUser());
    Arrivals arrivals = read(answer, System.nanoTime());
    long began = System.nanoTime();
    int status = calls.send("GET", "/health").statusCode();
    return Outcome.of(
        whole(answer, arrivals) && status == 200,
        "status %d after %d ms".formatted(status, Arrivals.since(began)));
  }

  private Outcome event() throws IOException, InterruptedException {
    String user = ProxyCalls.newUser();
    HttpResponse<InputStream> answer = calls.stream(user);
    Arrivals arrivals = read(answer, System.nanoTime());
    if (!whole(answer, arrivals)) {
      return new Outcome.Failed("status %d".formatted(answer.statusCode()));
    }
    long said = MessageUsage.outputTokens(arrivals.text());
    return ledger.await(
        user,
        (event, millis) ->
            Outcome.of(
                event.path("usage_status").asText().equals("exact")
                    && event.path("output_tokens").asLong() == said,
                "after %d ms: %s, %d output tokens of %d, cost %s"
                    .formatted(
                        millis,
                        event.path("usage_status").asText(),
                        event.path("output_tokens").asLong(),
                        said,
                        event.path("cost_usd").asText())));
  }

  private Outcome hangUp() throws IOException, InterruptedException {
    String user = ProxyCalls.newUser();
    try (InputStream body = calls.stream(user).body()) {
      if (body.read() < 0) {
        return new Outcome.Failed("the stream was empty");
      }
    }
    return ledger.await(
        user,
        (event, millis) ->
            Outcome.of(
                !event.path("usage_status").asText().equals("missing"),
                "after %d ms: %s, %d output tokens"
                    .formatted(
                        millis,
                        event.path("usage_status").asText(),
                        event.path("output_tokens").asLong())));
  }

  private static Arrivals read(HttpResponse<InputStream> answer, long began) throws IOException {
    try (InputStream body = answer.body()) {
      return Arrivals.read(body, began);
    }
  }

  private static boolean whole(HttpResponse<InputStream> answer, Arrivals arrivals) {
    return answer.statusCode() == 200 && arrivals.text().contains(LAST_EVENT);
  }

  private static List<Long> gaps(List<Long> millis) {
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < millis.size(); i++) {
      gaps.add(millis.get(i) - millis.get(i - 1));
    }
    Collections.sort(gaps);
    return gaps;
  }

  private static String spread(List<Long> gaps) {
    return gaps.isEmpty()
        ? "none"
        : "median %d ms, most %d ms".formatted(gaps.get(gaps.size() / 2), gaps.getLast());
  }
}
