package io.openmonetize.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.CallIntent;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Provider;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.Source;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.http.ExchangeException;
import io.openmonetize.http.ExchangeException.Kind;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.Script;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is booked of a call, when, and what is left if the queue does not take it. */
final class BookingTest {
  private FakeProvider provider;
  private ProxyBench bench;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start((head, body) -> Script.json(200, Bodies.ANTHROPIC_MESSAGE));
    bench = new ProxyBench(provider.baseUrl());
  }

  @AfterEach
  void stop() {
    bench.close();
    provider.close();
  }

  @Test
  void handle_goodCall_isBookedWithAllThatIsKnown() {
    provider.enqueue(
        Script.whole(
            200,
            Headers.of("Content-Type", "application/json", "request-id", "req_7"),
            Bodies.ANTHROPIC_MESSAGE.getBytes(UTF_8)));
    bench.call(
        Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST.replace("-20250514", "-latest"))
            .with("x-om-metadata", "{\"team\": \"a\"}"));
    UsageEvent event = bench.event();
    assertThat(event.eventId()).isEqualTo(ProxyBench.ID);
    assertThat(event.identity())
        .isEqualTo(new EventIdentity.ByResponse(Provider.ANTHROPIC, "msg_01"));
    assertThat(event.type()).isEqualTo(EventType.TOKEN_USAGE);
    assertThat(event.source()).isEqualTo(Source.PROXY);
    assertThat(event.environment()).isEqualTo("dev");
    assertThat(event.apiKeyId()).isEqualTo("key_test");
    assertThat(event.attribution().customerId()).isEqualTo("acme");
    assertThat(event.attribution().userId()).isEqualTo("u-1");
    assertThat(event.attribution().featureId()).isEqualTo("chat");
    assertThat(event.attribution().metadata()).isEqualTo("{\"team\": \"a\"}");
    assertThat(event.provider()).isEqualTo(Provider.ANTHROPIC);
    assertThat(event.model()).isEqualTo("claude-sonnet-4-20250514");
    assertThat(event.requestedModel()).isEqualTo("claude-sonnet-4-latest");
    assertThat(event.endpoint()).isEqualTo("messages");
    assertThat(event.streamed()).isFalse();
    assertThat(event.usage().status()).isEqualTo(UsageStatus.EXACT);
    assertThat(event.call().status()).isEqualTo(CallStatus.OK);
    assertThat(event.call().httpStatus()).isEqualTo(200);
    assertThat(event.call().providerRequestId()).isEqualTo("req_7");
    assertThat(event.call().providerResponseId()).isEqualTo("msg_01");
    assertThat(event.call().firstByteMs()).isNotNull().isNotNegative();
    assertThat(event.call().durationMs()).isGreaterThanOrEqualTo(event.call().firstByteMs());
  }

  /** Front doors give each byte of a header as one character. */
  @Test
  void handle_idsInUtf8_areBookedAsTheirSenderWroteThem() {
    bench.call(
        Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST)
            .with("x-om-metadata", bytesAsText("{\"stadt\":\"K\u00f6ln\"}")));
    bench.send(
        bench
            .ready(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST))
            .with("x-om-customer-id", bytesAsText("soci\u00e9t\u00e9 \u65e5\u672c \ud83d\ude00"))
            .with("x-om-user-id", bytesAsText("\u00e9".repeat(128)))
            .with("x-om-feature-id", "caf\u00e9"),
        new RecordingResponder());
    assertThat(bench.events().getFirst().attribution().metadata())
        .isEqualTo("{\"stadt\":\"K\u00f6ln\"}");
    Attribution booked = bench.events().getLast().attribution();
    assertThat(booked.customerId()).isEqualTo("soci\u00e9t\u00e9 \u65e5\u672c \ud83d\ude00");
    assertThat(booked.userId()).isEqualTo("\u00e9".repeat(128));
    assertThat(booked.featureId()).isEqualTo("caf\u00e9");
  }

  private static String bytesAsText(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @Test
  void handle_modelAsAsked_isNotToldTwice() {
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(bench.event().requestedModel()).isNull();
  }

  @Test
  void handle_providersError_isBookedAsNothing() {
    provider.enqueue(
        Script.json(529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}"));
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    UsageEvent event = bench.event();
    assertThat(event.usage().status()).isEqualTo(UsageStatus.NONE);
    assertThat(event.identity()).isEqualTo(new EventIdentity.ById(ProxyBench.ID));
    assertThat(event.call().status()).isEqualTo(CallStatus.ERROR);
    assertThat(event.call().httpStatus()).isEqualTo(529);
    assertThat(event.call().errorType()).isEqualTo("overloaded_error");
  }

  @Test
  void handle_retryOfTheClient_isARowOfItsOwnUnderTheSameLogicalCall() {
    provider.enqueue(
        Script.json(529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}"));
    Request request =
        Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST).with("Idempotency-Key", "k-1");
    bench.call(request.with("X-Stainless-Retry-Count", "0"));
    bench.call(request.with("X-Stainless-Retry-Count", "1"));
    assertThat(bench.events()).extracting(event -> event.call().attempt()).containsExactly(1, 2);
    assertThat(bench.events())
        .extracting(event -> event.usage().status())
        .containsExactly(UsageStatus.NONE, UsageStatus.EXACT);
    assertThat(bench.events().getFirst().call().logicalCallId())
        .isNotNull()
        .isEqualTo(bench.events().getLast().call().logicalCallId());
  }

  @Test
  void handle_callersThatSayNothingOfTries_areNotGrouped() {
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(bench.event().call().attempt()).isNull();
    assertThat(bench.event().call().logicalCallId()).isNull();
  }

  @Test
  void handle_sameAnswerTwice_hasOneIdentity() {
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(bench.events())
        .extracting(UsageEvent::identity)
        .containsOnly(new EventIdentity.ByResponse(Provider.ANTHROPIC, "msg_01"));
  }

  @Test
  void handle_answerWithoutUsage_claimsTheAnswersIdentityForALaterReading() {
    provider.enqueue(
        Script.json(
            200,
            "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"queued\",\"model\":\"gpt-5\","
                + "\"background\":true,\"usage\":null}"));
    bench.call(Request.post("/v1/responses", "{\"model\":\"gpt-5\",\"background\":true}"));
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.MISSING);
    assertThat(bench.event().identity())
        .isEqualTo(new EventIdentity.ByResponse(Provider.OPENAI, "resp_1"));
  }

  @Test
  void handle_call_isAnnouncedUnderTheIdOfItsEvent() {
    provider.enqueue(Script.json(200, Bodies.ANTHROPIC_MESSAGE));
    bench.call(Request.post("/v1/messages", "{\"model\":\"claude-sonnet-4-5\"}"));
    CallIntent intent = ((QueueMessage.Intent) bench.aboutCalls().getFirst()).call();
    assertThat(intent.requestId()).isEqualTo(bench.event().eventId());
    assertThat(intent.startedAt()).isEqualTo(bench.event().timestamp());
    assertThat(intent.attribution()).isEqualTo(bench.event().attribution());
    assertThat(intent.requestedModel()).isEqualTo("claude-sonnet-4-5");
    assertThat(intent.due()).isAfter(intent.startedAt());
  }

  @Test
  void handle_settlement_comesAfterTheCallersLastByte() {
    RecordingResponder responder = new RecordingResponder();
    AtomicReference<RecordingResponder.State> whenQueued = new AtomicReference<>();
    bench.beforeSend(() -> whenQueued.set(responder.state()));
    bench.send(bench.ready(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST)), responder);
    assertThat(whenQueued.get()).isEqualTo(RecordingResponder.State.ENDED);
  }

  @Test
  void handle_queueDown_callerNoticesNothingAndTheLogHasTheEvent() throws Exception {
    bench.beforeSend(
        () -> {
          throw new IllegalStateException("no queue");
        });
    RecordingResponder answer = bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(Bodies.ANTHROPIC_MESSAGE);
    assertThat(bench.logged("usage.enqueue_failed")).hasSize(1);
    String line = bench.logged("usage.record").getFirst();
    String json = line.substring(line.indexOf("\"usage\":") + "\"usage\":".length());
    UsageEvent event = UsageEventJson.read(json.substring(0, json.length() - 1));
    assertThat(event.eventId()).isEqualTo(ProxyBench.ID);
    assertThat(event.usage().status()).isEqualTo(UsageStatus.EXACT);
  }

  @Test
  void handle_everyCall_isAnnouncedBeforeItGoesUpstream() {
    AtomicReference<String> loggedBefore = new AtomicReference<>("");
    bench.upstream(
        (request, headBy, endBy, onSent) -> {
          loggedBefore.set(bench.logged());
          throw new IllegalStateException();
        });
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(loggedBefore.get())
        .contains("\"event\":\"call.start\"")
        .contains("\"request_id\":\"" + ProxyBench.ID + "\"")
        .contains("\"customer_id\":\"acme\"")
        .contains("\"requested_model\":\"claude-sonnet-4-20250514\"");
  }

  /** On a part of a processor the sending would take the time that the request needs. */
  @Test
  void handle_intent_goesToTheQueueWhenTheRequestIsSentAndNotBefore() {
    List<Integer> announced = new ArrayList<>();
    bench.upstream(
        (request, headBy, endBy, onSent) -> {
          announced.add(bench.aboutCallsWithin(Duration.ofMillis(50)));
          onSent.run();
          announced.add(bench.aboutCallsWithin(Duration.ofSeconds(30)));
          throw new IllegalStateException();
        });
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(announced).containsExactly(0, 1);
    assertThat(bench.aboutCalls()).hasSize(1);
  }

  @Test
  void handle_requestThatNeverLeft_isAnnouncedAllTheSame() {
    bench.upstream(
        (request, headBy, endBy, onSent) -> {
          throw new ExchangeException(Kind.UNREACHABLE, "nobody", new IOException());
        });
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(bench.aboutCalls())
        .hasAtLeastOneElementOfType(QueueMessage.Intent.class)
        .hasAtLeastOneElementOfType(QueueMessage.Withdrawal.class)
        .hasSize(2);
  }

  @Test
  void handle_errorThrown_isBookedBeforeItGoesOn() {
    bench.upstream(
        (request, headBy, endBy, onSent) -> {
          throw new StackOverflowError();
        });
    try {
      bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    } catch (StackOverflowError expected) {
      assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.MISSING);
      return;
    }
    throw new AssertionError("The error did not reach the runtime");
  }

  @Test
  void handle_modelThatNoEventCouldHold_isNotKept() {
    bench.call(Request.post("/v1/messages", "{\"model\":\"a\\u0000\\uffff\"}"));
    assertThat(bench.event().requestedModel()).isNull();
    bench.call(Request.post("/v1/messages", "{\"model\":\"" + "m".repeat(257) + "\"}"));
    assertThat(bench.events().getLast().requestedModel()).isNull();
  }

  @Test
  void handle_batchResults_areBookedLineByLine() {
    String results =
        "{\"custom_id\":\"a\",\"result\":{\"type\":\"succeeded\",\"message\":"
            + Bodies.ANTHROPIC_MESSAGE
            + "}}\n{\"custom_id\":\"b\",\"result\":{\"type\":\"succeeded\",\"message\":"
            + Bodies.ANTHROPIC_MESSAGE.replace("msg_01", "msg_02")
            + "}}\n{\"custom_id\":\"c\",\"result\":{\"type\":\"canceled\"}}\n";
    provider.enqueue(
        Script.whole(
            200, Headers.of("Content-Type", "application/x-jsonl"), results.getBytes(UTF_8)));
    RecordingResponder answer =
        bench.call(Request.of("GET", "/v1/messages/batches/msgbatch_1/results"));
    assertThat(answer.text()).isEqualTo(results);
    assertThat(bench.events())
        .extracting(UsageEvent::identity)
        .containsExactlyInAnyOrder(
            new EventIdentity.ById(ProxyBench.ID),
            new EventIdentity.ByBatchLine(Provider.ANTHROPIC, "msgbatch_1", "a"),
            new EventIdentity.ByBatchLine(Provider.ANTHROPIC, "msgbatch_1", "b"),
            new EventIdentity.ByBatchLine(Provider.ANTHROPIC, "msgbatch_1", "c"));
    assertThat(bench.events()).extracting(UsageEvent::eventId).doesNotHaveDuplicates();
    assertThat(bench.events())
        .extracting(event -> event.usage().status())
        .containsExactlyInAnyOrder(
            UsageStatus.NONE, UsageStatus.EXACT, UsageStatus.EXACT, UsageStatus.NONE);
  }

  @Test
  void handle_plantedMarkers_appearInNoLogLineAndNoEvent() {
    Set<String> markers =
        Set.of(
            "PROMPTMARKER",
            "ANSWERMARKER",
            "KEYMARKER",
            "BEARERMARKER",
            "HEADERMARKER",
            "QUERYMARKER",
            "COOKIEMARKER",
            "IDEMPOTENCYMARKER",
            "REPLYHEADERMARKER",
            "SETCOOKIEMARKER");
    provider.enqueue(
        Script.whole(
            200,
            Headers.of(
                "Content-Type", "application/json",
                "X-Reply", "REPLYHEADERMARKER",
                "Set-Cookie", "SETCOOKIEMARKER=1"),
            Bodies.ANTHROPIC_MESSAGE.replace("Hello", "ANSWERMARKER").getBytes(UTF_8)));
    Request request =
        Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST.replace("Hi", "PROMPTMARKER"))
            .query("key=QUERYMARKER")
            .with("x-api-key", "KEYMARKER")
            .with("authorization", "Bearer BEARERMARKER")
            .with("x-anything", "HEADERMARKER")
            .with("idempotency-key", "IDEMPOTENCYMARKER")
            .cookies("c=COOKIEMARKER");
    bench.call(request);
    provider.enqueue(Script.reset());
    bench.call(request);
    bench.send(
        bench.ready(request).with("x-om-api-key", "KEYMARKER").event(), new RecordingResponder());
    bench.send("{\"PROMPTMARKER\":}".getBytes(UTF_8), new RecordingResponder());
    assertThat(bench.events()).hasSize(2);
    String told = bench.logged() + bench.events();
    markers.forEach(marker -> assertThat(told).doesNotContain(marker));
    assertThat(told).doesNotContain(bench.key).doesNotContain(bench.key.substring(8, 40));
  }
}
