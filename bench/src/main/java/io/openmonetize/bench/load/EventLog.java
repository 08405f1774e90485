package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
   * @return how many messages came again, as they do where the client did not wait for the answer
   * @throws IllegalStateException when an event is missing or is nobody's
   */
  int check(Longs calls, boolean expected) {
    long[] made = calls.sorted();
    if (distinct(made).length != made.length) {
      throw new IllegalStateException("calls have the same id");
    }
    long[] got = distinct(events.sorted());
    long[] announced = distinct(intents.sorted());
    int due = expected ? made.length : 0;
    if (got.length != due || others > 0 || announced.length > due) {
      throw new IllegalStateException(
          "of %d calls the queue got %d events, %d intents and %d other messages"
              .formatted(made.length, got.length, announced.length, others));
    }
    if (expected && !Arrays.equals(made, got)) {
      throw new IllegalStateException("an event is of none of the calls");
    }
    return messages() - got.length - announced.length;
  }

  private static long[] distinct(long[] sorted) {
    return Arrays.stream(sorted).distinct().toArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
