package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.openmonetize.sdk.FaultyIngestion.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events when the server or the way to it fails. */
class DeliveryTest {
  private static final List<String> HUNDRED = features(100);

  private static List<String> features(int events) {
    return IntStream.range(0, events).mapToObj(i -> "f" + i).toList();
  }

  private static void requireOnce(Fixture fixture, FlushReport report) {
    assertThat(fixture.server.acceptedTexts("feature_id")).containsExactlyElementsOf(HUNDRED);
    assertThat(report).isEqualTo(new FlushReport(100, 0, List.of(), 0, 0));
    assertThat(fixture.client.stats()).isEqualTo(new Stats(100, 100, 0, 0, 0, 0));
    assertThat(fixture.server.violations()).isEmpty();
  }

  @Test
  void flush_serverIsWell_allOnceInOneRequest() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.server.requests()).hasSize(1);
      assertThat(fixture.pacer.pauses()).isEmpty();
    }
  }

  @Test
  void flush_serverDownForAMinute_allOnce() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.setDown(true);
      fixture.pacer.onPause(
          pause -> {
            if (fixture.pacer.nanoTime() > Duration.ofMinutes(1).toNanos()) {
              fixture.server.setDown(false);
            }
          });
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.server.connectionsWhileDown()).isGreaterThan(5);
    }
  }

  @Test
  void flush_nobodyListensForAWhile_allOnce() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    AtomicReference<FaultyIngestion> late = new AtomicReference<>();
    try (Fixture fixture = new Fixture(b -> b.baseUrl("http://127.0.0.1:" + port))) {
      fixture.pacer.onPause(
          pause -> {
            if (fixture.pacer.pauses().size() == 3) {
              late.set(serverAt(port));
            }
          });
      fixture.track(10);
      assertThat(fixture.client.flush().accepted()).isEqualTo(10);
      assertThat(late.get().accepted()).hasSize(10);
    } finally {
      late.get().close();
    }
  }

  private static FaultyIngestion serverAt(int port) {
    try {
      return new FaultyIngestion(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void flush_connectionKilledBetweenAcceptAndAnswer_sentAgainCountedOnce() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.KillAfterAccepting()).then(new Fault.Kill());
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.server.repeats()).isEqualTo(100);
    }
  }

  @Test
  void flush_retryAfterInSeconds_obeyed() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.thenError(429, "retry-after: 7\r\n", "TOO_MANY_REQUESTS");
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.pacer.pauses()).containsExactly(Duration.ofSeconds(7));
    }
  }

  @Test
  void flush_retryAfterAsDate_obeyed() throws IOException {
    try (Fixture fixture = new Fixture()) {
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              FakePacer.START.plusSeconds(40).atOffset(ZoneOffset.UTC));
      fixture.server.thenError(503, "Retry-After: " + date + "\r\n", "SERVICE_UNAVAILABLE");
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.pacer.pauses()).containsExactly(Duration.ofSeconds(40));
    }
  }

  @Test
  void flush_retryAfterOfADay_aMinute() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.thenError(429, "retry-after: 86400\r\n", "TOO_MANY_REQUESTS");
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.pacer.pauses()).containsExactly(Duration.ofMinutes(1));
    }
  }

  @Test
  void flush_noRetryAfter_pausesDoubleAndHalfOfEachIsRandom() throws IOException {
    try (Fixture fixture = new Fixture()) {
      IntStream.range(0, 9).forEach(i -> fixture.server.thenPage(502));
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      List<Duration> pauses = fixture.pacer.pauses();
      assertThat(pauses).hasSize(9);
      for (int i = 0; i < 9; i++) {
        long whole = Math.min(30_000_000_000L, 250_000_000L << i);
        assertThat(pauses.get(i)).isBetween(Duration.ofNanos(whole / 2), Duration.ofNanos(whole));
      }
      assertThat(pauses.get(0)).isNotEqualTo(Duration.ofMillis(125));
    }
  }

  @Test
  void flush_400NamesOneOfAHundred_onlyThatOneFails() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.Name(List.of(41)));
      fixture.track(100);
      FlushReport report = fixture.client.flush();
      assertThat(report.accepted()).isEqualTo(99);
      assertThat(report.failed())
          .extracting(FailedEvent::code, FailedEvent::reason)
          .containsExactly(tuple("INVALID", "Is so"));
      assertThat(fixture.server.acceptedTexts("feature_id")).hasSize(99).doesNotContain("f41");
      assertThat(fixture.server.requests()).hasSize(2);
      assertThat(fixture.pacer.pauses()).isEmpty();
    }
  }

  @Test
  void flush_202RefusesOneAndCouldNotTakeAnother_refusedFailsOtherGoesAgain() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.refuse(event -> event.path("feature_id").asText().equals("f3"));
      fixture.server.then(new Fault.Unavailable(List.of(5, 99)));
      fixture.track(100);
      FlushReport report = fixture.client.flush();
      assertThat(report.accepted()).isEqualTo(99);
      assertThat(report.failed()).hasSize(1);
      assertThat(fixture.server.acceptedTexts("feature_id"))
          .hasSize(99)
          .doesNotContain("f3")
          .contains("f5", "f99");
      assertThat(fixture.server.requests()).extracting(r -> r.events()).containsExactly(100, 2);
      assertThat(fixture.server.repeats()).isZero();
    }
  }

  @Test
  void flush_nothingCouldBeTaken_allGoAgain() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.Unavailable(IntStream.range(0, 100).boxed().toList()));
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.pacer.pauses()).hasSize(1);
    }
  }

  @Test
  void flush_400WithoutAList_halvedUntilTheBadOneIsAlone() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.WrongWithoutList("f41"));
      fixture.track(100);
      FlushReport report = fixture.client.flush();
      assertThat(report.accepted()).isEqualTo(99);
      assertThat(report.failed()).extracting(FailedEvent::code).containsExactly("VALIDATION_ERROR");
      assertThat(fixture.server.acceptedTexts("feature_id")).hasSize(99).doesNotContain("f41");
      assertThat(fixture.server.requests()).hasSizeLessThan(20);
      assertThat(fixture.server.repeats()).isZero();
    }
  }

  @Test
  void flush_413_halvedUntilTaken() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.TooLarge(13));
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
    }
  }

  @Test
  void flush_413ForEvenOne_fails() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.TooLarge(0));
      fixture.track(3);
      FlushReport report = fixture.client.flush();
      assertThat(report.failed())
          .extracting(FailedEvent::code)
          .containsOnly("too_large")
          .hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 400, 403, 404, 429, 500, 502, 302})
  void flush_htmlPageOfAGateway_sentAgain(int status) throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.thenPage(status);
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"Forbidden\"}",
        "[]",
        "{}",
        "null",
        "",
        "{\"accepted\":\"all\"}",
        "{\"accepted\":0}",
        "{\"accepted\":98,\"duplicates\":1,\"errors\":[]}",
        "{\"accepted\":98,\"errors\":[{\"index\":1}]}",
        "{\"accepted\":99,\"errors\":[{\"index\":-1}]}",
        "{\"accepted\":99,\"errors\":[{\"index\":100}]}"
      })
  void flush_jsonOfSomethingElse_sentAgain(String body) throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.Say(202, "", body));
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.server.requests()).hasSize(2);
    }
  }

  @Test
  void flush_noAnswerInTime_sentAgain() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.timeout(Duration.ofMillis(700)))) {
      fixture.server.then(new Fault.Hang()).then(new Fault.StallAfterAccepting());
      fixture.track(100);
      FlushReport report = fixture.client.flush();
      assertThat(fixture.server.acceptedTexts("feature_id")).containsExactlyElementsOf(HUNDRED);
      assertThat(report.accepted()).isEqualTo(100);
      assertThat(fixture.server.requests()).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void flush_answerWithoutEnd_isNotTakenIntoMemory() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.Say(202, "", "x".repeat(5_000_000)));
      fixture.track(100);
      requireOnce(fixture, fixture.client.flush());
      assertThat(fixture.log.count("more than 4194304 bytes")).isEqualTo(1);
    }
  }

  @Test
  void flush_401_allFailAndItIsSaidOnce() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.maxBatchSize(10))) {
      IntStream.range(0, 10).forEach(i -> fixture.server.thenError(401, "", "UNAUTHORIZED"));
      fixture.track(100);
      FlushReport report = fixture.client.flush();
      assertThat(report.failed())
          .hasSize(100)
          .extracting(FailedEvent::code)
          .containsOnly("UNAUTHORIZED");
      assertThat(fixture.server.requests()).hasSize(10);
      assertThat(fixture.log.count("API key may not")).isEqualTo(1);
    }
  }

  @Test
  void flush_noKey_allFailWithoutARequest() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.apiKey(""))) {
      fixture.track(3);
      assertThat(fixture.client.flush().failed())
          .hasSize(3)
          .extracting(FailedEvent::code)
          .containsOnly("no_api_key");
      assertThat(fixture.server.requests()).isEmpty();
      assertThat(fixture.log.count("no API key")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void flush_downForGood_failsAfterTheRetries(int retries) throws IOException {
    try (Fixture fixture = new Fixture(b -> b.maxRetries(retries))) {
      IntStream.range(0, 9).forEach(i -> fixture.server.thenError(500, "", "INTERNAL_ERROR"));
      fixture.track(5);
      FlushReport report = fixture.client.flush();
      assertThat(report.failed())
          .hasSize(5)
          .extracting(FailedEvent::code)
          .containsOnly("retries_exhausted");
      assertThat(fixture.server.requests()).hasSize(retries + 1);
    }
  }

  @Test
  void flush_moreThanTheServerTakes_cutToItsLimits() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.maxBatchSize(5000))) {
      Attribution who =
          Attribution.of("acme", "ann", "chat").withMetadata(Map.of("k", "v".repeat(4000)));
      for (int i = 0; i < 1500; i++) {
        fixture.client.trackApiCall(ApiCall.builder().who(who).build());
      }
      for (int i = 0; i < 2500; i++) {
        fixture.client.trackCustomEvent(Fixture.event("f" + i));
      }
      assertThat(fixture.client.flush().accepted()).isEqualTo(4000);
      assertThat(fixture.server.accepted()).hasSize(4000);
      assertThat(fixture.server.violations()).isEmpty();
      assertThat(fixture.server.requests()).anyMatch(r -> r.events() == 1000);
    }
  }

  @Test
  void track_withoutFlush_sentWhenTheBatchIsFull() throws Exception {
    try (Fixture fixture = new Fixture(b -> b.maxBatchSize(10))) {
      fixture.track(25);
      Eventually.require(() -> fixture.client.stats().queued() == 5);
      assertThat(fixture.server.accepted()).hasSize(20);
    }
  }

  @Test
  void track_withoutFlush_sentAfterTheInterval() throws Exception {
    try (Fixture fixture = new Fixture(b -> b.flushInterval(Duration.ofMillis(500)))) {
      fixture.track(1);
      Eventually.require(() -> fixture.server.accepted().size() == 1);
      assertThat(fixture.pacer.pauses()).contains(Duration.ofMillis(500));
    }
  }

  @Test
  void track_queueIsFull_newOnesDroppedCountedAndSaidSeldom() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.maxQueueSize(50))) {
      fixture.track(120);
      assertThat(fixture.client.stats()).isEqualTo(new Stats(50, 0, 0, 0, 70, 50));
      assertThat(fixture.log.count("queue is full")).isEqualTo(1);
      fixture.pacer.pass(Duration.ofSeconds(11));
      fixture.track(1);
      assertThat(fixture.log.count("queue is full: 70 event(s)")).isEqualTo(1);
      FlushReport report = fixture.client.flush();
      assertThat(report.accepted()).isEqualTo(50);
      assertThat(report.dropped()).isEqualTo(71);
      assertThat(fixture.client.flush().dropped()).isZero();
    }
  }

  @Test
  void request_carriesKeyTypeAndAgent() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.track(1);
      fixture.client.flush();
      assertThat(fixture.server.requests().get(0).headers())
          .containsEntry("authorization", "Bearer " + Fixture.KEY)
          .containsEntry("content-type", "application/json")
          .hasEntrySatisfying("user-agent", agent -> assertThat(agent).startsWith("openmonetize-"));
    }
  }
}
