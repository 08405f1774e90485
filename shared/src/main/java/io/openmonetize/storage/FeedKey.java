package io.openmonetize.storage;

import io.openmonetize.digest.Sha256;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;

/**
 * The index keys by which events are listed. The sort key is the time in milliseconds, of fixed
 * width, and a digest of the event's key: unique, so that it alone is a place in the feed, and the
 * same in both feeds. (The event's id would not do. The reporter chooses it, it has any length, and
 * two customers may use the same.)
 */
final class FeedKey {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final int DIGEST_BYTES = 12;

  private FeedKey() {}

  static String customerPartition(String customerId, LocalDate day) {
    return KeyPart.join("CUSTOMER", customerId, day.toString());
  }

  static String dayPartition(LocalDate day, int shard) {
    return KeyPart.join("DAY", day.toString(), Integer.toString(shard));
  }

  static String sort(Instant timestamp, byte[] digest) {
    return time(timestamp) + "#" + Base64.getUrlEncoder().encodeToString(digest);
  }

  /** All sort keys of this millisecond are greater, all of earlier ones smaller. */
  static String time(Instant timestamp) {
    return MILLISECONDS.format(timestamp);
  }

  static LocalDate day(Instant timestamp) {
    return LocalDate.ofInstant(timestamp, ZoneOffset.UTC);
  }

  static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** 96 bits: two events of one millisecond that share them would be one place in the feed. */
  static byte[] digest(EventKey key) {
    return Arrays.copyOf(Sha256.of(key.partition()), DIGEST_BYTES);
  }

  static int shard(byte[] digest, int shards) {
    return ((digest[0] & 0xff) << 8 | digest[1] & 0xff) % shards;
  }
}
