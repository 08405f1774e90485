package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * What came through the queue: which calls' events, and how many other messages. Ids are kept as
 * hashes of 64 bits, of which no two among some thousands are the same by chance.
 */
final class EventLog {
  private static final byte[] EVENT = ascii("\"event_id\":\"");
  private static final byte[] INTENT = ascii("\"kind\":\"intent\"");
  private static final byte[] CALL = ascii("\"request_id\":\"");
  private static final int UUID_CHARACTERS = 36;

  final Longs events = new Longs();
  final Longs intents = new Longs();
  private int others;
  private int requests;

  /** A number that stands for the id that begins there. */
  static long fold(byte[] bytes, int from) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < from + UUID_CHARACTERS; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    return hash;
  }

  void message(Bytes body) {
    if (body.after(INTENT) >= 0) {
      intents.add(fold(body.array(), body.after(CALL)));
    } else {
      int event = body.after(EVENT);
      if (event < 0) {
        others++;
      } else {
        events.add(fold(body.array(), event));
      }
    }
  }

  void request() {
    requests++;
  }

  /** How many requests of the queue's API brought them. */
  int requests() {
    return requests;
  }

  int messages() {
    return events.size() + intents.size() + others;
  }

  /**
   * @param calls ids of those that were made
   * @param expected whether their events were to come, or none
   * @throws IllegalStateException when an event is missing, came twice or is nobody's
   */
  void check(Longs calls, boolean expected) {
    long[] made = calls.sorted();
    requireDistinct(made, "calls have the same id");
    long[] got = events.sorted();
    requireDistinct(got, "events came twice");
    int due = expected ? made.length : 0;
    if (got.length != due || others > 0 || intents.size() > due) {
      throw new IllegalStateException(
          "of %d calls the queue got %d events, %d intents and %d other messages"
              .formatted(made.length, got.length, intents.size(), others));
    }
    for (int i = 0; i < due; i++) {
      if (made[i] != got[i]) {
        throw new IllegalStateException("an event is of none of the calls");
      }
    }
  }

  private static void requireDistinct(long[] sorted, String fault) {
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new IllegalStateException(fault);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
