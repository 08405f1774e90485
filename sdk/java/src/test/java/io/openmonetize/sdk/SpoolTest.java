package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.openmonetize.sdk.FaultyIngestion.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk, and when. The end of a process is told by the folder's name alone here. */
class SpoolTest {
  @TempDir Path temporary;
  private Path spool = Path.of("");

  @BeforeEach
  void name() {
    spool = temporary.resolve("spool");
  }

  private Fixture open() throws IOException {
    return new Fixture(b -> b.spoolDirectory(spool));
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(spool)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  private long lines() throws IOException {
    long lines = 0;
    for (Path segment : segments()) {
      lines += Files.readAllLines(segment).size();
    }
    return lines;
  }

  /** As though another process had written it, which is gone. */
  private void disown() throws IOException {
    try (Stream<Path> folders = Files.list(spool)) {
      for (Path folder : folders.toList()) {
        Files.move(folder, spool.resolve("1-1-" + folder.getFileName()));
      }
    }
  }

  @Test
  void track_beforeDelivery_onDiskAndGoneAfterIt() throws IOException {
    try (Fixture fixture = open()) {
      fixture.track(30);
      assertThat(lines()).isEqualTo(30);
      assertThat(fixture.client.flush().accepted()).isEqualTo(30);
      assertThat(segments()).isEmpty();
      fixture.track(2);
      assertThat(lines()).isEqualTo(2);
    }
    try (Stream<Path> left = Files.list(spool)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void flush_refusedEvent_leavesTheSpool() throws IOException {
    try (Fixture fixture = open()) {
      fixture.server.refuse(event -> true);
      fixture.track(3);
      assertThat(fixture.client.flush().failed()).hasSize(3);
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void flush_retriesExhausted_staysForTheNextStart() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.spoolDirectory(spool).maxRetries(1))) {
      fixture.server.setDown(true);
      fixture.track(3);
      assertThat(fixture.client.flush().failed()).hasSize(3);
    }
    disown();
    try (Fixture fixture = open()) {
      assertThat(fixture.client.flush().accepted()).isEqualTo(3);
      assertThat(fixture.server.accepted()).hasSize(3);
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void flush_keyRefused_staysForTheNextStart() throws IOException {
    try (Fixture fixture = open()) {
      fixture.server.thenError(401, "", "UNAUTHORIZED");
      fixture.track(3);
      assertThat(fixture.client.flush().failed()).hasSize(3);
    }
    disown();
    try (Fixture fixture = open()) {
      assertThat(fixture.client.flush().accepted()).isEqualTo(3);
    }
  }

  @Test
  void open_tornAndForeignLines_skippedAndCounted() throws IOException {
    try (Fixture fixture = open()) {
      fixture.server.setDown(true);
      fixture.track(3);
      fixture.client.flush(Duration.ZERO);
      Files.writeString(
          segments().get(0), "no event\n{}\n{\"event_id\":\"tor", StandardOpenOption.APPEND);
      disown();
    }
    try (Fixture fixture = open()) {
      assertThat(fixture.client.flush()).isEqualTo(new FlushReport(3, 0, List.of(), 0, 0));
      assertThat(fixture.log.count("3 event(s) of the spool were not whole")).isEqualTo(1);
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void open_folderOfALiveClient_leftAlone() throws IOException {
    try (Fixture first = open()) {
      first.track(5);
      try (Fixture second = open()) {
        assertThat(second.client.flush().accepted()).isZero();
        assertThat(lines()).isEqualTo(5);
      }
      assertThat(first.client.flush().accepted()).isEqualTo(5);
    }
  }

  @Test
  void track_spoolIsFull_queuedAllTheSame() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.spoolDirectory(spool).maxSpoolBytes(1000))) {
      fixture.track(50);
      assertThat(lines()).isBetween(1L, 10L);
      assertThat(fixture.log.count("not kept in the spool")).isEqualTo(1);
      assertThat(fixture.client.flush().accepted()).isEqualTo(50);
      fixture.track(1);
      assertThat(lines()).isEqualTo(1);
    }
  }

  @Test
  void track_moreThanASegment_anotherIsBegun() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.spoolDirectory(spool).maxBatchSize(1000))) {
      fixture.server.then(new Fault.Hang());
      fixture.track(6000);
      assertThat(segments()).hasSizeGreaterThan(1);
      assertThat(lines()).isEqualTo(6000);
    }
  }

  @Test
  void track_onAnInterruptedThread_keptAndLaterOnesToo() throws IOException {
    try (Fixture fixture = open()) {
      Thread.currentThread().interrupt();
      fixture.track(2);
      assertThat(Thread.interrupted()).isTrue();
      fixture.track(2);
      assertThat(lines()).isEqualTo(4);
    }
  }

  @Test
  void build_directoryCannotBe_memoryOnlyAndSaid() throws IOException {
    Files.writeString(spool, "a file");
    try (Fixture fixture = open()) {
      fixture.track(2);
      assertThat(fixture.client.flush().accepted()).isEqualTo(2);
      assertThat(fixture.log.count("spool cannot be used")).isEqualTo(1);
    }
  }

  /** Each file is a link to the device that is always full. */
  @Test
  void track_diskIsFull_queuedAllTheSameAndNoFilesAreLeft() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    try (Fixture fixture = open()) {
      try (Stream<Path> folders = Files.list(spool)) {
        Path own = folders.findFirst().orElseThrow();
        for (int i = 1; i <= 3; i++) {
          Files.createSymbolicLink(own.resolve("00000000000" + i + ".jsonl"), full);
        }
      }
      fixture.track(3);
      assertThat(segments()).isEmpty();
      fixture.track(2);
      assertThat(lines()).isEqualTo(2);
      assertThat(fixture.client.flush().accepted()).isEqualTo(5);
      assertThat(fixture.log.count("not kept in the spool")).isEqualTo(1);
    }
  }

  private static final String EVENT =
      """
      {"event_id":"%s","customer_id":"c","feature_id":"%s","event_type":"API_CALL","timestamp":"t"}
      """;

  private Path leftBehind() throws IOException {
    Path folder = Files.createDirectories(spool.resolve("1-1-left"));
    Files.createFile(folder.resolve("lock"));
    return folder;
  }

  @Test
  void open_aSegmentCannotBeRead_othersAreDeliveredAndItIsLeft() throws IOException {
    Path folder = leftBehind();
    Files.createDirectory(folder.resolve("000000000001.jsonl"));
    Files.writeString(folder.resolve("000000000002.jsonl"), EVENT.formatted("e", "f"));
    try (Fixture fixture = open()) {
      fixture.track(1);
      assertThat(fixture.client.flush().accepted()).isEqualTo(2);
      assertThat(fixture.log.count("cannot be read")).isEqualTo(1);
    }
    assertThat(folder.resolve("000000000001.jsonl")).exists();
  }

  @Test
  void open_anEventLargerThanARequest_thoseBehindItAreDelivered() throws IOException {
    Files.writeString(
        leftBehind().resolve("000000000001.jsonl"),
        EVENT.formatted("e1", "f".repeat(1_000_000)) + EVENT.formatted("e2", "f2"));
    try (Fixture fixture = open()) {
      assertThat(fixture.client.flush().pending()).isZero();
      assertThat(fixture.server.acceptedTexts("event_id")).contains("e2");
    }
  }

  @Test
  void open_folderOfThisUserOnly() throws IOException {
    try (Fixture fixture = open()) {
      fixture.track(1);
      try (Stream<Path> folders = Files.list(spool)) {
        assertThat(folders.findFirst().map(SpoolTest::permissions)).contains("rwx------");
      }
    }
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void open_backlogLargerThanTheQueue_allDelivered() throws IOException {
    try (Fixture fixture = open()) {
      fixture.server.setDown(true);
      fixture.track(500);
      disown();
    }
    try (Fixture fixture =
        new Fixture(b -> b.spoolDirectory(spool).maxQueueSize(10).maxBatchSize(7))) {
      fixture.track(5);
      FlushReport report = fixture.client.flush();
      assertThat(report.accepted()).isEqualTo(505);
      assertThat(report.dropped()).isZero();
      assertThat(fixture.client.stats()).isEqualTo(new Stats(505, 505, 0, 0, 0, 0));
    }
  }
}
