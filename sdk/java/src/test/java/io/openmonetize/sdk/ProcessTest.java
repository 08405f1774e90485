package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.sdk.FaultyIngestion.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications that end in good and bad ways, and one that never gets anything delivered. */
class ProcessTest {
  private static final int EVENTS = 1000;
  private static final int MANY = 1_000_000;

  @TempDir Path folder;

  private ChildJvm start(FaultyIngestion server, String spool, int events, String end)
      throws Exception {
    return new ChildJvm(
        folder,
        List.of("-Xmx64m"),
        TrackingApp.class,
        server.url(),
        spool,
        Integer.toString(events),
        folder.resolve("tracked").toString(),
        end);
  }

  private void requireTracked(ChildJvm child) throws Exception {
    Eventually.require(() -> Files.exists(folder.resolve("tracked")) || !child.isAlive());
    assertThat(folder.resolve("tracked")).as(child.err()).exists();
  }

  private static List<String> features() {
    return IntStream.range(0, EVENTS).mapToObj(i -> "f" + i).toList();
  }

  private List<Path> spooled(Path spool) throws Exception {
    try (Stream<Path> files = Files.walk(spool)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  @Test
  void exit_withoutFlushOrClose_hookDeliversAndNothingIsOnStandardOutput() throws Exception {
    try (FaultyIngestion server = new FaultyIngestion();
        ChildJvm child = start(server, "-", EVENTS, "exit")) {
      assertThat(child.exitCode()).as(child.err()).isZero();
      assertThat(server.acceptedTexts("feature_id")).containsExactlyElementsOf(features());
      assertThat(child.out()).isEmpty();
    }
  }

  @Test
  void exit_serverHangs_endsWithinTheBound() throws Exception {
    try (FaultyIngestion server = new FaultyIngestion()) {
      server.then(new Fault.Hang());
      try (ChildJvm child = start(server, "-", 10, "exit")) {
        assertThat(child.exitCode()).isZero();
        assertThat(child.err()).contains("10 event(s) were not delivered");
      }
    }
  }

  @Test
  void kill_whileTheServerIsDown_nextProcessDeliversAllOnce() throws Exception {
    Path spool = folder.resolve("spool");
    try (FaultyIngestion server = new FaultyIngestion()) {
      server.setDown(true);
      try (ChildJvm child = start(server, spool.toString(), EVENTS, "stay")) {
        requireTracked(child);
        child.kill();
      }
      server.setDown(false);
      requireRest(server, spool);
      assertThat(server.repeats()).isZero();
    }
  }

  @Test
  void kill_inTheMidstOfDelivery_nextProcessDeliversTheRest() throws Exception {
    Path spool = folder.resolve("spool");
    try (FaultyIngestion server = new FaultyIngestion()) {
      // Some batches are accepted, of one nobody hears, then nothing goes any more.
      server.then(new Fault.KillAfterAccepting()).then(new Fault.KillAfterAccepting());
      server.then(new Fault.StallAfterAccepting()).then(new Fault.Hang());
      try (ChildJvm child = start(server, spool.toString(), EVENTS, "stay")) {
        requireTracked(child);
        Eventually.require(() -> !server.accepted().isEmpty());
        child.kill();
      }
      try (FaultyIngestion next = new FaultyIngestion()) {
        requireRest(next, spool);
      }
    }
  }

  private void requireRest(FaultyIngestion server, Path spool) throws Exception {
    OpenMonetizeBuilder settings =
        new OpenMonetizeBuilder(Map.of())
            .apiKey("om_live_next")
            .baseUrl(server.url())
            .spoolDirectory(spool);
    try (OpenMonetize client = settings.build()) {
      FlushReport report = client.flush();
      assertThat(report.accepted()).isEqualTo(EVENTS);
      assertThat(report.pending()).isZero();
      assertThat(server.acceptedTexts("feature_id")).containsExactlyElementsOf(features());
      assertThat(spooled(spool)).isEmpty();
    }
    try (Stream<Path> left = Files.list(spool)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void millionEvents_deadServer_memoryBoundedDropsCountedAppUnharmed() throws Exception {
    try (FaultyIngestion server = new FaultyIngestion()) {
      server.setDown(true);
      try (ChildJvm child = start(server, "-", MANY, "halt")) {
        assertThat(child.exitCode()).as(child.err()).isZero();
        String[] said = Files.readString(folder.resolve("tracked")).split(" ");
        long tracked = Long.parseLong(said[0]);
        // A few more than the queue holds, if the machine is so slow that a batch is given up.
        assertThat(tracked).isBetween(10_000L, 20_000L);
        assertThat(Long.parseLong(said[1])).isEqualTo(MANY - tracked);
        assertThat(child.err()).contains("The queue is full").doesNotContain("OutOfMemory");
        assertThat(child.out()).isEmpty();
      }
    }
  }
}
