package io.openmonetize.proxy.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallIntent;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.Scope;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.request.Attempt;
import io.openmonetize.proxy.settlement.Settlement.Settled;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.usage.Endpoint;
import io.openmonetize.usage.UsageReading;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SettlerTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final List<UsageEvent> sent = new ArrayList<>();
  private final Queue<QueueMessage> aboutCalls = new ConcurrentLinkedQueue<>();
  private Set<Integer> refused = Set.of();
  private volatile boolean queueFails;
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Settler settler =
      new Settler(
          new EventSink() {
            @Override
            public void send(QueueMessage message) {
              if (message instanceof QueueMessage.Event(UsageEvent event)) {
                sent.add(event);
              } else {
                aboutCalls.add(message);
              }
              if (queueFails) {
                throw new IllegalStateException("down");
              }
            }

            @Override
            public Set<Integer> sendAll(List<UsageEvent> events) {
              sent.addAll(events);
              return refused;
            }
          },
          // Nothing below this level: the records must be there all the same.
          new Log(logged, Log.Level.ERROR, clock),
          clock,
          IntentDelay.DEFAULT,
          Path.of(System.getProperty("java.io.tmpdir")));

  @Test
  void settle_whateverTheLogLevel_recordsStartAndUsage() {
    settler.started(settler.intent(call(null), true), "inv-1");
    settler.settle(call(null), settled(UsageStatus.EXACT, "msg_1"), LATER);
    assertThat(lines("call.start")).isEqualTo(1);
    assertThat(lines("usage.record")).isEqualTo(1);
    assertThat(sent).hasSize(1);
  }

  @Test
  void announce_call_sendsWhatIsKnownAndWhenItIsDue() {
    announce();
    assertThat(aboutCalls).hasSize(1);
    CallIntent intent = ((QueueMessage.Intent) aboutCalls.element()).call();
    assertThat(intent.requestId()).isEqualTo("r-1");
    assertThat(intent.startedAt()).isEqualTo(call(null).startedAt());
    assertThat(intent.due()).isEqualTo(call(null).startedAt().plus(Duration.ofMinutes(14)));
    assertThat(intent.attribution()).isEqualTo(call(null).attribution());
  }

  @Test
  void announce_queueDown_isLoggedAndNoMore() {
    queueFails = true;
    announce();
    assertThat(lines("intent.enqueue_failed")).isEqualTo(1);
  }

  @Test
  void intent_oneOfSeveralTries_groupsTheCallThoughItIsNeverSettled() throws Exception {
    StartedCall call = call(null, new Attempt(2, "0123456789abcdef"));
    String sent = QueueMessageJson.write(new QueueMessage.Intent(settler.intent(call, true)));

    assertThat(((QueueMessage.Intent) QueueMessageJson.read(sent)).call().unaccounted().call())
        .returns(2, Call::attempt)
        .returns("0123456789abcdef", Call::logicalCallId)
        .returns(CallStatus.UNACCOUNTED, Call::status);
  }

  @Test
  void settle_notReached_booksNothingAndWithdrawsTheIntent() {
    settler.settle(call(null), new Settlement.NotReached(), LATER);
    assertThat(sent).isEmpty();
    assertThat(aboutCalls)
        .containsExactly(new QueueMessage.Withdrawal(call(null).attribution().customerId(), "r-1"));
    assertThat(lines("call.unreached")).isEqualTo(1);
  }

  @Test
  void settle_byHowMuchIsKnown_claimsTheAnswersIdentityOrItsOwn() {
    for (UsageStatus status : UsageStatus.values()) {
      sent.clear();
      settler.settle(call(null), settled(status, "msg_1"), LATER);
      EventIdentity expected =
          status == UsageStatus.NONE
              ? new EventIdentity.ById("r-1")
              : new EventIdentity.ByResponse(Provider.ANTHROPIC, "msg_1");
      assertThat(sent.getFirst().identity()).isEqualTo(expected);
    }
  }

  private void announce() {
    Announcement announcement = settler.announcement(settler.intent(call(null), true));
    announcement.begin();
    announcement.begin();
    announcement.await(Duration.ofMinutes(1));
  }

  private long lines(String event) {
    return logged.toString().lines().filter(l -> l.contains("\"" + event + "\"")).count();
  }

  private static Settled settled(UsageStatus status, @Nullable String responseId) {
    return new Settled(
        new UsageReading(usage(status), "m-1", responseId, null, List.of()), Call.REPORTED, false);
  }

  private static Usage usage(UsageStatus status) {
    return new Usage(
        status,
        null,
        PricingTerms.UNSAID,
        List.of(new UsageLine("m-1", TokenCounts.of(TokenClass.INPUT, 1))),
        null);
  }

  private static StartedCall call(@Nullable String batchId) {
    return call(batchId, Attempt.UNSAID);
  }

  private static StartedCall call(@Nullable String batchId, Attempt attempt) {
    return new StartedCall(
        "r-1",
        NOW,
        new Attribution("acme", "u", null, "f", null),
        new ApiKey("k", "n", "p", "dev", Set.of(Scope.PROXY), null, NOW, "op", null, null),
        Endpoint.ANTHROPIC_MESSAGES,
        "m-1",
        batchId,
        attempt);
  }
}
