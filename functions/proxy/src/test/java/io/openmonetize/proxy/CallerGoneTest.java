package io.openmonetize.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.ReceivedCall;
import io.openmonetize.local.parts.Script;
import io.openmonetize.proxy.relay.OnCallerGone;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The caller hangs up in the middle of a stream; the call is booked either way. */
final class CallerGoneTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FIRST_EVENT = Bodies.ANTHROPIC_START.length();

  private FakeProvider provider;
  private ProxyBench bench;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start((head, body) -> Script.silent());
    bench = new ProxyBench(provider.baseUrl());
  }

  @AfterEach
  void stop() {
    bench.close();
    provider.close();
  }

  @Test
  void handle_drain_readsToTheEndAndBooksExactly() throws Exception {
    provider.enqueue(
        Script.sse()
            .send(Bodies.ANTHROPIC_START)
            .send(Bodies.ANTHROPIC_DELTA)
            .pause(Duration.ofMillis(50))
            .send(Bodies.ANTHROPIC_END));
    callUntil(FIRST_EVENT);
    assertThat(provider.awaitCall(1, PATIENCE).awaitEnd(PATIENCE))
        .isEqualTo(ReceivedCall.End.COMPLETE);
    assertThat(bench.event().call().status()).isEqualTo(CallStatus.OK);
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.EXACT);
    assertThat(bench.event().usage().tokens().total(TokenClass.Side.OUTPUT)).isEqualTo(15);
  }

  @Test
  void handle_cancel_hangsUpOnTheProviderAndBooksAPart() throws Exception {
    bench.onCallerGone(OnCallerGone.CANCEL);
    provider.enqueue(
        Script.sse().send(Bodies.ANTHROPIC_START).send(Bodies.ANTHROPIC_DELTA).silence());
    callUntil(FIRST_EVENT);
    assertThat(provider.awaitCall(1, PATIENCE).awaitEnd(PATIENCE))
        .isEqualTo(ReceivedCall.End.PEER_GONE);
    assertThat(bench.event().call().status()).isEqualTo(CallStatus.CANCELLED);
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.PARTIAL);
    assertThat(bench.event().usage().tokens().total(TokenClass.Side.INPUT)).isEqualTo(25);
  }

  @Test
  void handle_anyAnswer_isGivenUpWhileThereIsTimeToBook() {
    bench.deadlineIn(Duration.ofHours(1));
    provider.enqueue(Script.json(200, Bodies.ANTHROPIC_MESSAGE));
    Instant deadline = Instant.now().plus(Duration.ofHours(1));
    RecordingResponder answer = bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(answer.endBy())
        .isBetween(
            deadline.minus(CallPolicy.CALLER_RESERVE),
            deadline.minus(CallPolicy.CALLER_RESERVE).plus(PATIENCE));
    assertThat(CallPolicy.CALLER_RESERVE).isLessThan(CallPolicy.RESERVE);
  }

  private void callUntil(int bytes) {
    bench.send(
        bench.ready(Request.post("/v1/messages", Bodies.ANTHROPIC_STREAM_REQUEST)),
        new RecordingResponder(bytes));
  }
}
