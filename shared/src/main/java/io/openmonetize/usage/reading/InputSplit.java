package io.openmonetize.usage.reading;

import io.openmonetize.events.TokenClass;
import java.util.Map;

/**
 * The input of a call by what it was (audio, image, video, the rest text) and by what the cache did
 * with it (read, written, neither). Providers give both, all inside one total, and not always how
 * they overlap. As far as the numbers allow, cached tokens are then text.
 */
public final class InputSplit {
  private static final int AUDIO = 0;
  private static final int IMAGE = 1;
  private static final int VIDEO = 2;
  private static final TokenClass[] FRESH = {
    TokenClass.INPUT_AUDIO, TokenClass.INPUT_IMAGE, TokenClass.INPUT_VIDEO
  };
  private static final TokenClass[] READ = {
    TokenClass.CACHE_READ_AUDIO, TokenClass.CACHE_READ_IMAGE, TokenClass.CACHE_READ_VIDEO
  };

  private final String name;
  private final long total;
  private final Findings findings;
  private final long[] kinds = new long[FRESH.length];
  private final long[] readKinds = new long[READ.length];
  private long readText;
  private long written;
  private long writtenLong;

  /**
   * @param name the provider's name of the total, for findings
   */
  public InputSplit(String name, long total, Findings findings) {
    this.name = name;
    this.total = total;
    this.findings = findings;
  }

  /** What of the total was no text, cached or not. */
  public InputSplit kinds(long audio, long image, long video) {
    kinds[AUDIO] = audio;
    kinds[IMAGE] = image;
    kinds[VIDEO] = video;
    return this;
  }

  /** What of the total the cache served, and how much of that was no text. */
  public InputSplit read(long cached, long audio, long image, long video) {
    readText = cached;
    boolean fits = audio <= kinds[AUDIO] && image <= kinds[IMAGE] && video <= kinds[VIDEO];
    if (!fits || audio + image + video > cached) {
      findings.violation("cached details exceed what they detail");
      return this;
    }
    moveToRead(AUDIO, audio);
    moveToRead(IMAGE, image);
    moveToRead(VIDEO, video);
    return this;
  }

  /** What of the total was written to the cache, and how much of that for OpenAI's twelve hours. */
  public InputSplit written(long all, long twelveHours) {
    if (twelveHours > all) {
      findings.violation("cache write details exceed what they detail");
      written = all;
      return this;
    }
    written = all - twelveHours;
    writtenLong = twelveHours;
    return this;
  }

  /** Adds the classes to the counts, the rest under the class given. */
  public void addTo(Map<TokenClass, Long> counts, TokenClass restClass) {
    takeOutOverlap();
    TokenSplit split =
        new TokenSplit(name, total, findings)
            .take(TokenClass.CACHE_READ, readText)
            .take(TokenClass.CACHE_WRITE, written)
            .take(TokenClass.CACHE_WRITE_12H, writtenLong);
    for (int kind = 0; kind < kinds.length; kind++) {
      split.take(FRESH[kind], kinds[kind]).take(READ[kind], readKinds[kind]);
    }
    split.addTo(counts, restClass);
  }

  /** Where the parts exceed the total, some tokens of another kind than text were cached. */
  private void takeOutOverlap() {
    long cached = readText + written + writtenLong + sum(readKinds);
    long otherKinds = sum(kinds) + sum(readKinds);
    long overlap = cached + sum(kinds) - total;
    if (overlap <= 0 || cached > total || otherKinds > total) {
      return;
    }
    findings.guess("which kind of input was cached is not said");
    for (int kind = VIDEO; kind >= AUDIO; kind--) {
      long wasRead = Math.min(overlap, Math.min(readText, kinds[kind]));
      moveToRead(kind, wasRead);
      overlap -= wasRead;
    }
    // Written tokens have one price whatever they are, so these leave their kind.
    for (int kind = VIDEO; kind >= AUDIO; kind--) {
      long wasWritten = Math.min(overlap, kinds[kind]);
      kinds[kind] -= wasWritten;
      overlap -= wasWritten;
    }
  }

  private void moveToRead(int kind, long count) {
    readText -= count;
    kinds[kind] -= count;
    readKinds[kind] += count;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
