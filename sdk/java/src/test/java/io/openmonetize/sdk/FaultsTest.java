package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.sdk.delivery.Backlog;
import io.openmonetize.sdk.delivery.Delivery;
import io.openmonetize.sdk.delivery.DeliverySettings;
import io.openmonetize.sdk.delivery.Keeper;
import io.openmonetize.sdk.delivery.Pacer;
import io.openmonetize.sdk.delivery.QueuedEvent;
import io.openmonetize.sdk.delivery.Throttle;
import io.openmonetize.sdk.transport.HttpCall;
import io.openmonetize.sdk.transport.HttpReply;
import io.openmonetize.sdk.transport.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fails within the process: interrupts, memory, parts that others brought. */
@Timeout(60)
class FaultsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static HttpReply taken(HttpCall call) {
    String body = new String(call.body(), StandardCharsets.UTF_8);
    int events = body.split("\"event_id\"", -1).length - 1;
    return new HttpReply(
        202, null, ("{\"accepted\":" + events + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void transport_thatThrowsAnything_eventsGoAgain() throws IOException {
    Deque<Throwable> faults =
        new ArrayDeque<>(
            List.of(
                new IllegalStateException("broken"),
                new OutOfMemoryError(),
                new InterruptedException(),
                new NoClassDefFoundError()));
    HttpTransport faulty =
        call -> {
          Throwable fault = faults.poll();
          return fault == null ? taken(call) : FaultsTest.<HttpReply>raise(fault);
        };
    try (Fixture fixture = new Fixture(b -> b.transport(faulty))) {
      fixture.track(3);
      assertThat(fixture.client.flush()).isEqualTo(new FlushReport(3, 0, List.of(), 0, 0));
      assertThat(fixture.log.count("IllegalStateException")).isEqualTo(1);
    }
  }

  private static <T> T raise(Throwable fault) throws IOException, InterruptedException {
    if (fault instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (fault instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw (Error) fault;
  }

  @Test
  void sendingThread_interruptedByAStranger_livesOn() throws Exception {
    AtomicReference<Thread> sender = new AtomicReference<>();
    HttpTransport transport =
        call -> {
          sender.set(Thread.currentThread());
          return taken(call);
        };
    try (Fixture fixture = new Fixture(b -> b.transport(transport).pacer(Pacer.SYSTEM))) {
      fixture.track(1);
      assertThat(fixture.client.flush(LONG).accepted()).isEqualTo(1);
      sender.get().interrupt();
      Eventually.require(() -> !sender.get().isInterrupted());
      fixture.track(2);
      assertThat(fixture.client.flush(LONG).accepted()).isEqualTo(2);
    }
    sender.get().join(LONG.toMillis());
    assertThat(sender.get().isAlive()).isFalse();
  }

  @Test
  void close_onAnInterruptedThread_deliversFirst() throws IOException {
    HttpTransport slow =
        call -> {
          Thread.sleep(100);
          return taken(call);
        };
    try (Fixture fixture = new Fixture(b -> b.transport(slow).shutdownTimeout(LONG))) {
      fixture.track(4);
      Thread.currentThread().interrupt();
      fixture.client.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(fixture.client.stats()).isEqualTo(new Stats(4, 4, 0, 0, 0, 0));
    }
  }

  @Test
  void close_interruptedWhileItWaits_deliversFirst() throws IOException {
    Thread closing = Thread.currentThread();
    HttpTransport slow =
        call -> {
          closing.interrupt();
          Thread.sleep(100);
          return taken(call);
        };
    try (Fixture fixture = new Fixture(b -> b.transport(slow).shutdownTimeout(LONG))) {
      fixture.track(4);
      fixture.client.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(fixture.client.stats()).isEqualTo(new Stats(4, 4, 0, 0, 0, 0));
    }
  }

  private static Delivery delivery(HttpTransport transport, Backlog backlog, RecordingLogger log) {
    FakePacer pacer = new FakePacer();
    DeliverySettings settings =
        new DeliverySettings(
            URI.create("http://127.0.0.1:1/"), "k", 10, Duration.ZERO, 100, 3, LONG);
    return new Delivery(settings, transport, pacer, pacer, new Random(1), log, backlog);
  }

  @Test
  void backlog_thatThrows_ownEventsGoAllTheSame() {
    AtomicInteger reads = new AtomicInteger();
    Backlog broken =
        new Backlog() {
          @Override
          public List<QueuedEvent> next(int eventsAtMost, int bytesAtMost) {
            if (reads.incrementAndGet() == 1) {
              throw new OutOfMemoryError();
            }
            return List.of();
          }

          @Override
          public long size() {
            return 5;
          }
        };
    Delivery delivery = delivery(FaultsTest::taken, broken, new RecordingLogger());
    delivery.offer("a", "{\"event_id\":\"a\"}\n".getBytes(StandardCharsets.UTF_8), Keeper.NONE);
    assertThat(delivery.flush(LONG)).isEqualTo(new FlushReport(1, 0, List.of(), 0, 0));
    delivery.close(LONG);
  }

  @Test
  void sendingThread_thatEnds_keepsNobodyWaiting() throws Exception {
    RecordingLogger log = new RecordingLogger();
    FakePacer pacer = new FakePacer();
    CountDownLatch waits = new CountDownLatch(1);
    Pacer broken =
        new Pacer() {
          @Override
          public long nanoTime() {
            return pacer.nanoTime();
          }

          @Override
          public void await(Condition condition, long nanos) {
            waits.countDown();
            throw new OutOfMemoryError("of the test: it is printed, as it ends a thread");
          }
        };
    DeliverySettings settings =
        new DeliverySettings(
            URI.create("http://127.0.0.1:1/"), "k", 10, Duration.ZERO, 100, 3, LONG);
    Delivery delivery =
        new Delivery(settings, FaultsTest::taken, broken, pacer, new Random(1), log, Backlog.NONE);
    waits.await();
    delivery.offer("a", "{\"event_id\":\"a\"}\n".getBytes(StandardCharsets.UTF_8), Keeper.NONE);
    FlushReport report = delivery.flush(LONG);
    assertThat(report.accepted() + report.failed().size() + report.dropped()).isEqualTo(1);
    assertThat(report.pending()).isZero();
    delivery.close(Duration.ZERO);
  }

  @Test
  void keeper_thatThrows_eventIsCountedAsDroppedOnce() {
    RecordingLogger log = new RecordingLogger();
    FakePacer pacer = new FakePacer();
    Delivery delivery = delivery(FaultsTest::taken, Backlog.NONE, log);
    Keeper broken =
        json -> {
          throw new IllegalStateException("broken");
        };
    new Tracker(delivery, broken, pacer, log, new Throttle(pacer, 1))
        .customEvent(Fixture.event("f"));
    assertThat(delivery.stats()).isEqualTo(new Stats(0, 0, 0, 0, 1, 0));
    delivery.close(LONG);
  }

  @Test
  void logger_thatThrowsErrors_harmsNothing() throws IOException {
    OpenMonetizeLogger broken =
        (OpenMonetizeLogger)
            java.lang.reflect.Proxy.newProxyInstance(
                OpenMonetizeLogger.class.getClassLoader(),
                new Class<?>[] {OpenMonetizeLogger.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("of the logger");
                });
    try (Fixture fixture = new Fixture(b -> b.logger(broken).debug(true))) {
      fixture.client.trackCustomEvent(CustomEvent.builder().build());
      fixture.track(1);
      assertThat(fixture.client.flush()).isEqualTo(new FlushReport(1, 0, List.of(), 1, 0));
    }
  }

  /** Jackson reads it as a bean. */
  public static final class Asserting {
    public String getName() {
      throw new AssertionError("of the application");
    }
  }

  @Test
  void metadata_thatThrowsAnError_isDroppedAndSaid() throws IOException {
    track(new Asserting(), new AtomicInteger());
  }

  @Test
  void metadata_withoutEnd_isNotReadToItsEnd() throws IOException {
    AtomicInteger read = new AtomicInteger();
    Iterable<Integer> endless =
        () -> Stream.generate(read::incrementAndGet).limit(5_000_000).iterator();
    track(endless, read);
  }

  private static void track(Object metadata, AtomicInteger read) throws IOException {
    Attribution who = Attribution.of("acme", "ann", "f").withMetadata(Map.of("k", metadata));
    try (Fixture fixture = new Fixture()) {
      fixture.client.trackApiCall(ApiCall.builder().who(who).build());
      assertThat(fixture.client.stats().dropped()).isEqualTo(1);
      assertThat(fixture.log.count("1 event(s) dropped")).isEqualTo(1);
      assertThat(read).hasValueLessThan(100_000);
    }
  }
}
