package io.openmonetize.sdk.spool;

import io.openmonetize.sdk.OpenMonetizeLogger;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file of events that this process writes. The spool's lock guards it. */
final class Segment {
  static final String SUFFIX = ".jsonl";

  private final Path file;

  /** Not a channel: an interrupt of the thread that tracks would close one for good. */
  private final FileOutputStream out;

  private long bytes;
  private long unsettled;
  private boolean ended;

  private Segment(Path file, FileOutputStream out) {
    this.file = file;
    this.out = out;
  }

  static Segment create(Path file) throws IOException {
    return new Segment(file, new FileOutputStream(file.toFile()));
  }

  /** Names sort in the order of numbers. */
  static String name(long number) {
    return String.format(Locale.ROOT, "%012d%s", number, SUFFIX);
  }

  void append(byte[] line) throws IOException {
    out.write(line);
    bytes += line.length;
    unsettled++;
  }

  long bytes() {
    return bytes;
  }

  /**
   * @return whether that was the last of what was appended so far
   */
  boolean settleOne() {
    unsettled--;
    return unsettled == 0;
  }

  /** Ends it after a write that failed; a full disk is not to fill with files of no events. */
  void abandon(OpenMonetizeLogger log) {
    end(log);
    if (unsettled == 0) {
      delete(log);
    }
  }

  void end(OpenMonetizeLogger log) {
    if (ended) {
      return;
    }
    ended = true;
    try {
      out.close();
    } catch (IOException e) {
      log.warn("A segment of the spool cannot be closed: " + e);
    }
  }

  void delete(OpenMonetizeLogger log) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("A segment of the spool cannot be deleted, its events will be sent again: " + e);
    }
  }
}
