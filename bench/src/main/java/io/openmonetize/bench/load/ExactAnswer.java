package io.openmonetize.bench.load;

import java.util.Arrays;

/** Compares each byte with what was sent, but for the times. */
final class ExactAnswer implements AnswerCheck {
  private final byte[] expected;
  private final int[] times;
  private final Longs ages;
  private int at;
  private int nextTime;
  private long written;

  /**
   * @param ages is told of each piece how long it was under way
   */
  ExactAnswer(Script script, Longs ages) {
    this.expected = script.body();
    this.times = script.times();
    this.ages = ages;
  }

  @Override
  public void begin() {
    at = 0;
    nextTime = 0;
    written = 0;
  }

  @Override
  public void body(byte[] bytes, int from, int to, long now) {
    int next = from;
    while (next < to) {
      int time = nextTime < times.length ? times[nextTime] : expected.length;
      next = at < time ? same(bytes, next, to, time) : digits(bytes, next, to, now);
    }
  }

  @Override
  public void end() {
    if (at != expected.length) {
      throw new IllegalStateException(
          "an answer ended after %d of %d bytes".formatted(at, expected.length));
    }
  }

  private int same(byte[] bytes, int from, int to, int until) {
    int count = Math.min(to - from, until - at);
    int other = Arrays.mismatch(bytes, from, from + count, expected, at, at + count);
    if (other >= 0) {
      throw new IllegalStateException("an answer differs from byte " + (at + other) + " on");
    }
    at += count;
    return from + count;
  }

  private int digits(byte[] bytes, int from, int to, long now) {
    if (at == expected.length) {
      throw new IllegalStateException("an answer goes on after its end");
    }
    int end = times[nextTime] + Script.TIME_DIGITS;
    int count = Math.min(to - from, end - at);
    for (int i = from; i < from + count; i++) {
      written = 10 * written + bytes[i] - '0';
    }
    at += count;
    if (at == end) {
      ages.add(now - written);
      written = 0;
      nextTime++;
    }
    return from + count;
  }
}
