package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.local.FaultyRelay.Fault;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.CustomEvent;
import io.openmonetize.sdk.FailedEvent;
import io.openmonetize.sdk.FlushReport;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.OpenMonetizeBuilder;
import io.openmonetize.sdk.delivery.Pacer;
import io.openmonetize.sdk.reads.EventQuery;
import io.openmonetize.sdk.reads.RecordedEvent;
import io.openmonetize.sdk.reads.UsageQuery;
import io.openmonetize.sdk.reads.UsageSum;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The SDK for Java and the real ingestion, with a relay between the two that fails. Whatever it
 * does, each event must be in the ledger once.
 */
@Timeout(300)
class JavaSdkDeliveryIT {
  private static final int BATCH = 100;
  private static final Fault NONE = new Fault.None();

  private static TestSystem test;

  @TempDir private Path folder;

  private final String customer = "customer-" + UUID.randomUUID();
  private final Pauses pauses = new Pauses();
  private final SdkLines lines = new SdkLines();
  private FaultyRelay relay;

  @BeforeAll
  static void startSystem() throws IOException {
    test = TestSystem.start();
  }

  @AfterAll
  static void stopSystem() {
    test.close();
  }

  @BeforeEach
  void startRelay() throws IOException {
    relay = FaultyRelay.before(test.system().ingestion());
  }

  @AfterEach
  void stopRelay() {
    relay.close();
  }

  @Test
  void everyFault_betweenBatches_eachEventIsBookedOnceAndTheBadOneFails() throws Exception {
    relay.then(
        new Fault.Refuse(),
        NONE,
        new Fault.CutBeforeAnswer(),
        FaultyRelay.tooMany(Duration.ofSeconds(7)),
        NONE,
        FaultyRelay.page(502),
        NONE,
        FaultyRelay.page(200),
        FaultyRelay.page(403),
        NONE,
        new Fault.Late(Duration.ofSeconds(4)),
        new Fault.CutBeforeAnswer(),
        NONE);
    try (OpenMonetize om = client(relay).timeout(Duration.ofSeconds(2)).build()) {
      track(om, 0, 450);
      om.trackCustomEvent(event("bad").unitType("1 is no letter").build());
      track(om, 450, 999);

      FlushReport report = om.flush();

      assertThat(report.accepted() + report.duplicates()).isEqualTo(999);
      assertThat(report.failed())
          .extracting(FailedEvent::code)
          .as("the one bad event of its hundred")
          .containsExactly("INVALID");
      assertThat(report.dropped() + report.pending()).isZero();
    }
    assertThat(relay.faultsLeft()).isZero();
    assertThat(pauses.all()).contains(Duration.ofSeconds(7));
    assertThat(relay.statuses()).as("of the server itself").containsOnly(202);
    assertBookedOnce(999);
  }

  @Test
  void badEvent_alone_failsAsTheServerSaysAndWhatFollowsIsBooked() throws Exception {
    try (OpenMonetize om = client(relay).build()) {
      om.trackCustomEvent(event("bad").unitType("1 is no letter").build());
      FlushReport bad = om.flush();
      track(om, 0, 1);
      FlushReport good = om.flush();

      assertThat(bad.failed()).hasSize(1);
      assertThat(bad.accepted()).isZero();
      assertThat(good).isEqualTo(new FlushReport(1, 0, List.of(), 0, 0));
    }
    assertThat(relay.statuses()).containsExactly(400, 202);
    assertThat(lines.all()).anyMatch(line -> line.contains("unit_type"));
    assertBookedOnce(1);
  }

  @Test
  void ingestion_downForAMinute_losesAndDoublesNothing() throws Exception {
    relay.otherwise(new Fault.Refuse());
    pauses.listen(
        passed -> {
          if (passed.compareTo(Duration.ofMinutes(1)) >= 0) {
            relay.otherwise(NONE);
          }
        });
    try (OpenMonetize om = client(relay).build()) {
      track(om, 0, 1_000);

      assertThat(om.flush()).isEqualTo(new FlushReport(1_000, 0, List.of(), 0, 0));
    }
    assertThat(pauses.all()).hasSizeGreaterThan(5);
    assertBookedOnce(1_000);
  }

  @Test
  void queue_fullWhileIngestionIsDown_dropsAreCountedAndTheRestIsBooked() throws Exception {
    relay.otherwise(new Fault.Refuse());
    try (OpenMonetize om = client(relay).maxQueueSize(300).pacer(Pacer.SYSTEM).build()) {
      track(om, 0, 500);
      assertThat(om.stats().dropped()).isEqualTo(200);
      relay.otherwise(NONE);

      FlushReport report = om.flush();

      assertThat(report).isEqualTo(new FlushReport(300, 0, List.of(), 200, 0));
    }
    assertBookedOnce(300);
  }

  @Test
  void app_killedWithASpool_eachEventIsBookedOnceAfterTheNextStart() throws Exception {
    relay.then(NONE, NONE, new Fault.CutBeforeAnswer()).otherwise(new Fault.Refuse());
    Path tracked = folder.resolve("tracked");
    Process app = app("track", tracked);
    try {
      await(() -> Files.exists(tracked) && relay.requests() > 4);
    } finally {
      app.destroyForcibly().waitFor();
    }
    test.awaitBooked();
    assertThat(booked().count()).as("before the next start").isBetween(1L, 999L);

    relay.otherwise(NONE);
    Path flushed = folder.resolve("flushed");
    Process next = app("flush", flushed);
    try {
      assertThat(next.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      next.destroyForcibly();
    }

    assertThat(Files.readString(flushed)).contains("failed=[]", "dropped=0", "pending=0");
    assertBookedOnce(1_000);
    try (Stream<Path> left = Files.walk(folder.resolve("spool"))) {
      assertThat(left.filter(file -> file.toString().endsWith(".jsonl"))).isEmpty();
    }
  }

  private Process app(String what, Path said) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", classPath(), SdkApp.class.getName()));
    command.addAll(List.of(what, said.toString(), folder.resolve("spool").toString(), customer));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("OPENMONETIZE_API_KEY", test.system().apiKey());
    builder.environment().put("OPENMONETIZE_BASE_URL", relay.endpoint().toString());
    return builder.start();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private OpenMonetizeBuilder client(FaultyRelay server) {
    return OpenMonetize.builder()
        .apiKey(test.system().apiKey())
        .baseUrl(server.endpoint().toString())
        .maxBatchSize(BATCH)
        .flushInterval(Duration.ZERO)
        .pacer(pauses)
        .logger(lines);
  }

  private void track(OpenMonetize om, int from, int to) {
    IntStream.range(from, to).forEach(i -> om.trackCustomEvent(event("f" + i).build()));
  }

  private CustomEvent.Builder event(String feature) {
    return CustomEvent.builder()
        .who(Attribution.of(customer, "ann", feature))
        .unitType("pages")
        .quantity(3);
  }

  /** The features f0, f1 and so on, one event and three pages each, also in the sums. */
  private void assertBookedOnce(int events) throws Exception {
    await(() -> booked().count() >= events);
    // So that a second event of the same would be there by now.
    test.awaitBooked();
    assertThat(booked().map(RecordedEvent::featureId))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, events).mapToObj(i -> "f" + i).toList());
    try (OpenMonetize reader = reader()) {
      UsageSum sum = reader.usage(UsageQuery.builder().customerId(customer).build()).sum();
      assertThat(sum.events()).isEqualTo(events);
      assertThat(sum.units()).isEqualTo(Map.of("pages", BigDecimal.valueOf(3L * events)));
    }
  }

  private Stream<RecordedEvent> booked() {
    try (OpenMonetize reader = reader()) {
      return reader
          .events(EventQuery.builder().customerId(customer).pageSize(200).build())
          .toList()
          .stream();
    }
  }

  private static OpenMonetize reader() {
    return OpenMonetize.builder()
        .apiKey(test.system().apiKey())
        .baseUrl(test.system().dashboard().toString())
        .build();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(200);
    }
  }
}
