package io.openmonetize.storage;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * How long a rollup item counts, from short to long; each is made of whole ones of the one before.
 * Buckets (the items of one Query) and slots (an item's place in its bucket) are cut from the ISO
 * text of a time in UTC.
 */
public enum Grain {
  /** Bucket {@code 2026-07-31}, slot {@code 23}. */
  HOUR("H", 10, 2, Duration.ofHours(1)),
  /** Bucket {@code 2026-07}, slot {@code 31}. */
  DAY("D", 7, 2, Duration.ofDays(1)),
  /** From Monday. Bucket {@code 2026}, slot {@code 07-27}. */
  WEEK("W", 4, 5, Duration.ofDays(7));

  private final String code;
  private final int bucketLength;
  private final int slotLength;
  private final Duration length;

  Grain(String code, int bucketLength, int slotLength, Duration length) {
    this.code = code;
    this.bucketLength = bucketLength;
    this.slotLength = slotLength;
    this.length = length;
  }

  public Duration length() {
    return length;
  }

  public Instant floor(Instant time) {
    return switch (this) {
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case WEEK ->
          time.truncatedTo(ChronoUnit.DAYS)
              .atOffset(ZoneOffset.UTC)
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
              .toInstant();
    };
  }

  String code() {
    return code;
  }

  static Grain ofCode(String code) {
    for (Grain grain : values()) {
      if (grain.code.equals(code)) {
        return grain;
      }
    }
    throw new IllegalArgumentException("no grain has the code " + code);
  }

  String bucket(Instant time) {
    return time.toString().substring(0, bucketLength);
  }

  String slot(Instant time) {
    return time.toString().substring(bucketLength + 1, bucketLength + 1 + slotLength);
  }

  Instant start(String bucket, String slot) {
    return switch (this) {
      case HOUR -> Instant.parse(bucket + "T" + slot + ":00:00Z");
      case DAY, WEEK -> Instant.parse(bucket + "-" + slot + "T00:00:00Z");
    };
  }
}
