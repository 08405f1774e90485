package io.openmonetize.proxy.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.QueueMessage;
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
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.BatchLineReading;
import io.openmonetize.usage.Endpoint;
import io.openmonetize.usage.RequestFacts;
import io.openmonetize.usage.ResponseFacts;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReaders;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ResultLinesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final int IN_MEMORY =
      ResultLines.GROUP * (ResultLines.SENDERS + ResultLines.GROUPS_WAITING);

  private final List<UsageEvent> sent = Collections.synchronizedList(new ArrayList<>());
  private final Lines logged = new Lines();
  private Set<Integer> refused = Set.of();
  @TempDir private Path folder;

  /** Counts the lines of a log by their event, and keeps none. */
  private static final class Lines extends OutputStream {
    private int records;
    private int failures;
    private int unread;

    @Override
    public void write(int b) {
      throw new AssertionError("not line by line");
    }

    @Override
    public void write(byte[] line) {
      String text = new String(line, UTF_8);
      records += text.contains("\"event\":\"usage.record\"") ? 1 : 0;
      failures += text.contains("\"event\":\"usage.enqueue_failed\"") ? 1 : 0;
      unread += text.contains("\"event\":\"usage.lines_unread\"") ? 1 : 0;
    }
  }

  /** A queue that takes everything, once it is opened. */
  private final class Gate implements EventSink {
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void send(QueueMessage message) {
      sendAll(List.of(((QueueMessage.Event) message).event()));
    }

    @Override
    public Set<Integer> sendAll(List<UsageEvent> events) {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      sent.addAll(events);
      return refused;
    }

    private void open() {
      open.countDown();
    }
  }

  private Gate openGate() {
    Gate gate = new Gate();
    gate.open();
    return gate;
  }

  private ResultLines lines(EventSink sink, @Nullable String batchId, Instant giveUpAt) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Log log = new Log(logged, Log.Level.ERROR, clock);
    return new ResultLines(call(batchId), new EventSending(sink, log, clock), folder, giveUpAt);
  }

  @Test
  void finish_fewLines_areEventsOfTheirOwn() {
    ResultLines lines = lines(openGate(), "batch_1", LATER);
    lines.accept(new BatchLineReading("a", usage(), "m-1", "msg_a", null));
    lines.accept(new BatchLineReading("b", Usage.none("expired"), null, null, "expired"));
    lines.accept(new BatchLineReading(null, usage(), "m-1", "msg_c", null));
    assertThat(logged.records).isEqualTo(3);
    assertThat(sent).isEmpty();
    lines.finish();
    assertThat(sent)
        .extracting(UsageEvent::identity)
        .containsExactly(
            new EventIdentity.ByBatchLine(Provider.ANTHROPIC, "batch_1", "a"),
            new EventIdentity.ByBatchLine(Provider.ANTHROPIC, "batch_1", "b"),
            new EventIdentity.ById(sent.get(2).eventId()));
    assertThat(sent).extracting(UsageEvent::eventId).doesNotHaveDuplicates();
    assertThat(sent.get(0).model()).isEqualTo("m-1");
    assertThat(sent.get(0).call().providerResponseId()).isEqualTo("msg_a");
    assertThat(sent.get(1).call().status()).isEqualTo(CallStatus.ERROR);
    assertThat(sent.get(1).call().errorType()).isEqualTo("expired");
  }

  @Test
  void finish_sameBatchTwice_namesTheSameEvents() {
    for (int time = 0; time < 2; time++) {
      ResultLines lines = lines(openGate(), "batch_1", LATER);
      lines.accept(new BatchLineReading("a", usage(), "m-1", "msg_a", null));
      lines.finish();
    }
    assertThat(sent.get(0)).isEqualTo(sent.get(1));
  }

  @Test
  void accept_queueThatTakesAll_hasItsLinesBeforeTheEnd() throws InterruptedException {
    CountDownLatch came = new CountDownLatch(ResultLines.GROUP);
    EventSink sink =
        new EventSink() {
          @Override
          public void send(QueueMessage message) {
            throw new AssertionError();
          }

          @Override
          public Set<Integer> sendAll(List<UsageEvent> events) {
            events.forEach(event -> came.countDown());
            return Set.of();
          }
        };
    ResultLines lines = lines(sink, "b", LATER);
    accept(lines, ResultLines.GROUP);
    came.await();
    lines.finish();
  }

  @Test
  void accept_queueThatStandsStill_waitsForNothingAndAllAreSentInTheEnd() throws Exception {
    int many = IN_MEMORY + 3 * ResultLines.GROUP + 7;
    Gate gate = new Gate();
    ResultLines lines = lines(gate, "b", LATER);
    accept(lines, many);
    assertThat(sent).isEmpty();
    assertThat(logged.records).isEqualTo(many);
    gate.open();
    lines.finish();
    assertThat(sent)
        .extracting(event -> ((EventIdentity.ByBatchLine) event.identity()).customId())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, many).mapToObj(i -> "c" + i).toList());
    assertThat(logged.failures).isZero();
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void accept_noRoomOnDisk_leavesTheRestToTheLogByName() throws Exception {
    Files.delete(folder);
    Gate gate = new Gate();
    ResultLines lines = lines(gate, "b", LATER);
    accept(lines, IN_MEMORY + 2 * ResultLines.GROUP);
    gate.open();
    lines.finish();
    assertThat(sent).hasSize(IN_MEMORY);
    assertThat(logged.records).isEqualTo(IN_MEMORY + 2 * ResultLines.GROUP);
    assertThat(logged.failures).isEqualTo(2 * ResultLines.GROUP);
    Files.createDirectory(folder);
  }

  @Test
  void finish_partlyRefused_namesEachThatWas() {
    refused = Set.of(1);
    ResultLines lines = lines(openGate(), "b", LATER);
    accept(lines, ResultLines.GROUP + 2);
    lines.finish();
    assertThat(logged.failures).isEqualTo(2);
  }

  @Test
  void finish_noTimeLeft_leavesAllToTheLog() {
    ResultLines lines = lines(openGate(), "b", NOW.minusSeconds(1));
    accept(lines, 120);
    lines.finish();
    assertThat(sent).isEmpty();
    assertThat(logged.records).isEqualTo(120);
    assertThat(logged.failures).isEqualTo(120);
  }

  /**
   * The heap after 100,000 lines of 400 bytes that no queue has taken yet. Held in memory they took
   * some 100 MB; what may be held here is a hundredth of them.
   */
  @Test
  void accept_hundredThousandLines_areNotHeldInMemory() {
    int many = 100_000;
    BitSet booked = new BitSet(many);
    CountDownLatch open = new CountDownLatch(1);
    int[] twice = new int[1];
    EventSink sink =
        new EventSink() {
          @Override
          public void send(QueueMessage message) {
            sendAll(List.of(((QueueMessage.Event) message).event()));
          }

          @Override
          public Set<Integer> sendAll(List<UsageEvent> events) {
            try {
              open.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            synchronized (booked) {
              for (UsageEvent event : events) {
                var identity = (EventIdentity.ByBatchLine) event.identity();
                int number = Integer.parseInt(identity.customId().substring(1));
                twice[0] += booked.get(number) ? 1 : 0;
                booked.set(number);
              }
            }
            return Set.of();
          }
        };
    ResultLines lines = lines(sink, "batch_1", LATER);
    UsageReader reader =
        UsageReaders.of(
            new RequestFacts(Endpoint.ANTHROPIC_BATCH_RESULTS, null, false),
            new ResponseFacts(200, "application/x-jsonl", null),
            lines);
    long before = heap();
    for (int i = 0; i < many; i++) {
      byte[] line = resultLine(i).getBytes(UTF_8);
      reader.read(line, 0, line.length);
    }
    long held = heap() - before;
    assertThat(reader.finish(AnswerEnd.WHOLE).usage().status()).isEqualTo(UsageStatus.NONE);
    open.countDown();
    lines.finish();
    System.out.println("Held of 100,000 lines of a batch's results: " + held / 1024 + " KiB");
    assertThat(held).isLessThan(25L << 20);
    assertThat(booked.cardinality()).isEqualTo(many);
    assertThat(twice[0]).isZero();
    assertThat(logged.records).isEqualTo(many);
    assertThat(logged.failures + logged.unread).isZero();
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static String resultLine(int number) {
    return """
    {"custom_id":"c%d","result":{"type":"succeeded","message":{"id":"msg_%d","type":"message",\
    "role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"text","text":"%s"}],\
    "stop_reason":"end_turn","usage":{"input_tokens":12,"cache_creation_input_tokens":0,\
    "cache_read_input_tokens":0,"output_tokens":34,"service_tier":"batch"}}}}
    """
        .formatted(number, number, "word ".repeat(20));
  }

  private static void accept(ResultLines lines, int count) {
    for (int i = 0; i < count; i++) {
      lines.accept(new BatchLineReading("c" + i, usage(), "m", "r" + i, null));
    }
  }

  private static Usage usage() {
    return new Usage(
        UsageStatus.EXACT,
        null,
        PricingTerms.UNSAID,
        List.of(new UsageLine("m-1", TokenCounts.of(TokenClass.INPUT, 1))),
        null);
  }

  private static StartedCall call(@Nullable String batchId) {
    return new StartedCall(
        "r-1",
        NOW,
        new Attribution("acme", "u", null, "f", null),
        new ApiKey("k", "n", "p", "dev", Set.of(Scope.PROXY), null, NOW, "op", null, null),
        Endpoint.ANTHROPIC_BATCH_RESULTS,
        null,
        batchId,
        Attempt.UNSAID);
  }
}
