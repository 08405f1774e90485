package io.openmonetize.bench.load;

/**
 * For proxies that write answers anew in other words: only that each piece comes once, and that
 * there is something of a whole answer.
 */
final class MarkedAnswer implements AnswerCheck {
  private final int pieces;
  private final Longs ages;
  private int seen;
  private int digits;
  private long written;
  private long bytes;

  MarkedAnswer(Script script, Longs ages) {
    this.pieces = script.times().length;
    this.ages = ages;
  }

  @Override
  public void begin() {
    seen = 0;
    digits = -1;
    bytes = 0;
  }

  @Override
  public void body(byte[] body, int from, int to, long now) {
    bytes += to - from;
    for (int i = from; i < to; i++) {
      if (digits >= 0) {
        digit(body[i], now);
      } else if (body[i] == Script.MARK) {
        digits = 0;
        written = 0;
      }
    }
  }

  private void digit(byte b, long now) {
    written = 10 * written + b - '0';
    digits++;
    if (digits == Script.TIME_DIGITS) {
      digits = -1;
      seen++;
      ages.add(now - written);
    }
  }

  @Override
  public void end() {
    if (seen != pieces || bytes == 0) {
      throw new IllegalStateException(
          "an answer had %d of %d pieces in %d bytes".formatted(seen, pieces, bytes));
    }
  }
}
