package io.openmonetize.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long a rollup item counts. Buckets (the items of one Query) and slots (an item's place in its
 * bucket) are cut from the ISO text of a time in UTC.
 */
public enum Grain {
  /** Bucket {@code 2026-07}, slot {@code 31}. */
  DAY("D", 7, ChronoUnit.DAYS),
  /** Bucket {@code 2026-07-31}, slot {@code 23}. */
  HOUR("H", 10, ChronoUnit.HOURS);

  private final String code;
  private final int bucketLength;
  private final ChronoUnit unit;

  Grain(String code, int bucketLength, ChronoUnit unit) {
    this.code = code;
    this.bucketLength = bucketLength;
    this.unit = unit;
  }

  public ChronoUnit unit() {
    return unit;
  }

  public Instant floor(Instant time) {
    return time.truncatedTo(unit);
  }

  String code() {
    return code;
  }

  String bucket(Instant time) {
    return time.toString().substring(0, bucketLength);
  }

  String slot(Instant time) {
    return time.toString().substring(bucketLength + 1, bucketLength + 3);
  }

  Instant start(String bucket, String slot) {
    return switch (this) {
      case DAY -> Instant.parse(bucket + "-" + slot + "T00:00:00Z");
      case HOUR -> Instant.parse(bucket + "T" + slot + ":00:00Z");
    };
  }
}
