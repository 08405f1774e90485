package io.openmonetize.bench.load;

/** What was seen of the calls of one run. Times are in nanoseconds. */
final class Samples {
  /** From a call's beginning to the first byte of its answer's body. */
  final Longs firstByte = new Longs();

  /** From a call's beginning to the answer's end. */
  final Longs total = new Longs();

  /** From the provider's write of a piece to its arrival. */
  final Longs chunk = new Longs();

  /** Of the proxied calls, as their answers name them: see {@link EventLog#fold}. */
  final Longs ids = new Longs();

  long beganNanos;
  long endedNanos;

  long wallNanos() {
    return endedNanos - beganNanos;
  }
}
