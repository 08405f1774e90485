package io.openmonetize.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.Script;
import io.openmonetize.runtime.Prelude;
import io.openmonetize.runtime.Responder;
import io.openmonetize.runtime.ResponseStream;
import io.openmonetize.runtime.http1.Headers;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers larger than what the proxy may hold, from a provider's socket to the caller. */
@Timeout(300)
final class LargeAnswerTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int LARGE = 200;

  /** What the calling thread, which relays, may allocate for it: buffers, and classes once. */
  private static final long LITTLE = 24L * MEGABYTE;

  private static final String USAGE =
      "\"usage\":{\"input_tokens\":9,\"output_tokens\":12,\"total_tokens\":21}";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A caller that keeps nothing but a digest of what it gets. */
  private static final class DigestingResponder implements Responder, ResponseStream {
    private final MessageDigest digest;
    private boolean ended;

    private DigestingResponder() throws NoSuchAlgorithmException {
      digest = MessageDigest.getInstance("SHA-256");
    }

    @Override
    public void respond(byte[] payload) {
      throw new AssertionError();
    }

    @Override
    public ResponseStream stream(Prelude begun) {
      throw new AssertionError();
    }

    @Override
    public ResponseStream stream(Prelude begun, Instant endBy) {
      return this;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      digest.update(buffer, offset, length);
    }

    @Override
    public void end() {
      ended = true;
    }

    @Override
    public void fail(String type, String message) {
      throw new AssertionError(type);
    }
  }

  @Test
  void handle_dataLineOf200Megabytes_passesUnharmedAndTheUsageBehindItIsRead() throws Exception {
    Usage usage =
        relayed(
            "data: {\"type\":\"response.completed\",\"response\":{\"output\":[{\"result\":\"",
            "\"}]," + USAGE + ",\"status\":\"completed\"}}\n\n");
    assertThat(usage.status()).isEqualTo(UsageStatus.EXACT);
    assertThat(usage.tokens().get(TokenClass.OUTPUT)).isEqualTo(12);
  }

  @Test
  void handle_usageOf200Megabytes_passesUnharmedAndTheRecordSaysWhatWasNotRead() throws Exception {
    Usage usage =
        relayed(
            "data: {\"type\":\"response.completed\",\"response\":{\"usage\":{\"text\":\"",
            "\"}}}\n\n");
    assertThat(usage.status()).isEqualTo(UsageStatus.MISSING);
    assertThat(usage.reason()).isEqualTo("a value is longer than 65536 bytes");
  }

  /**
   * Checks that the answer arrives as it was sent, in bounded memory, and gives what was booked.
   */
  private Usage relayed(String head, String tail) throws Exception {
    byte[] filler = new byte[MEGABYTE / 16];
    Arrays.fill(filler, (byte) 'A');
    List<Script.Step> steps = new ArrayList<>();
    steps.add(new Script.Head(200, Headers.of("Content-Type", "text/event-stream")));
    steps.add(new Script.Send(head.getBytes(UTF_8)));
    for (int i = 0; i < LARGE * 16; i++) {
      steps.add(new Script.Send(filler));
    }
    steps.add(new Script.Send(tail.getBytes(UTF_8)));
    Script answer = new Script(steps);
    try (FakeProvider provider = FakeProvider.start((request, body) -> answer);
        ProxyBench bench = new ProxyBench(provider.baseUrl())) {
      byte[] event =
          bench.ready(Request.post("/v1/responses", "{\"model\":\"m\",\"stream\":true}")).event();
      DigestingResponder caller = new DigestingResponder();
      long before = threads.getCurrentThreadAllocatedBytes();
      bench.send(event, caller);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LITTLE);
      assertThat(caller.ended).isTrue();
      assertThat(caller.digest.digest()).isEqualTo(digest(steps));
      return bench.event().usage();
    }
  }

  private static byte[] digest(List<Script.Step> steps) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Script.Step step : steps) {
      if (step instanceof Script.Send(byte[] bytes)) {
        digest.update(bytes);
      }
    }
    return digest.digest();
  }

  @Test
  void handle_batchResultsWhileTheQueueStandsStill_reachTheCallerAndAreBookedOnce()
      throws Exception {
    int many = 3_000;
    Script results = results(many);
    CountDownLatch answered = new CountDownLatch(1);
    try (FakeProvider provider = FakeProvider.start((request, body) -> results);
        ProxyBench bench = new ProxyBench(provider.baseUrl())) {
      bench.beforeSend(() -> await(answered));
      RecordingResponder caller =
          new RecordingResponder() {
            @Override
            public synchronized void end() {
              super.end();
              answered.countDown();
            }
          };
      bench.send(bench.ready(Request.of("GET", "/v1/messages/batches/b_1/results")), caller);
      assertThat(caller.body()).isEqualTo(results.body());
      assertThat(customIds(bench)).isEqualTo(range(many));
      assertThat(bench.events()).hasSize(many + 1);
    }
  }

  @Test
  void handle_batchResultsThatBreakOff_areBookedAsFarAsTheyWereRead() throws Exception {
    int many = 130;
    // A reset may cost the proxy what it has not yet read, so first there is time to read it.
    Script broken =
        results(many)
            .send("{\"custom_id\":\"c130\",\"result\":{\"type\":\"succ")
            .pause(Duration.ofMillis(500))
            .cut();
    try (FakeProvider provider = FakeProvider.start((request, body) -> broken);
        ProxyBench bench = new ProxyBench(provider.baseUrl())) {
      RecordingResponder caller = new RecordingResponder();
      bench.send(bench.ready(Request.of("GET", "/v1/messages/batches/b_1/results")), caller);
      assertThat(caller.state()).isEqualTo(RecordingResponder.State.FAILED);
      int read = (int) caller.text().chars().filter(c -> c == '\n').count();
      assertThat(customIds(bench)).isEqualTo(range(read));
      UsageEvent call =
          bench.events().stream()
              .filter(event -> event.eventId().equals(ProxyBench.ID))
              .findFirst()
              .orElseThrow();
      assertThat(call.usage().status()).isEqualTo(UsageStatus.MISSING);
      assertThat(call.usage().reason()).isEqualTo("the results broke off after " + read + " lines");
    }
  }

  private static Script results(int lines) {
    List<Script.Step> steps = new ArrayList<>();
    steps.add(new Script.Head(200, Headers.of("Content-Type", "application/x-jsonl")));
    for (int i = 0; i < lines; i++) {
      String line =
          "{\"custom_id\":\"c"
              + i
              + "\",\"result\":{\"type\":\"succeeded\",\"message\":"
              + Bodies.ANTHROPIC_MESSAGE
              + "}}\n";
      steps.add(new Script.Send(line.getBytes(UTF_8)));
    }
    return new Script(steps);
  }

  private static Set<String> customIds(ProxyBench bench) {
    return bench.events().stream()
        .map(UsageEvent::identity)
        .filter(EventIdentity.ByBatchLine.class::isInstance)
        .map(identity -> ((EventIdentity.ByBatchLine) identity).customId())
        .collect(Collectors.toSet());
  }

  private static Set<String> range(int count) {
    return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.toSet());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
