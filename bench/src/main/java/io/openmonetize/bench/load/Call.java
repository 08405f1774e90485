package io.openmonetize.bench.load;

/** One call under way: when it began, and what came of its answer. Used for one after the other. */
final class Call {
  private final Samples samples;
  private final AnswerCheck check;
  private long began;
  private long first;

  Call(Samples samples, AnswerCheck check) {
    this.samples = samples;
    this.check = check;
  }

  void begin(long now) {
    began = now;
    first = 0;
    check.begin();
  }

  void body(byte[] bytes, int from, int to, long now) {
    if (first == 0) {
      first = now;
    }
    check.body(bytes, from, to, now);
  }

  void end(long now) {
    check.end();
    samples.firstByte.add(first - began);
    samples.total.add(now - began);
  }
}
