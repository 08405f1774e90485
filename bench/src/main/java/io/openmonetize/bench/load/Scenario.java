package io.openmonetize.bench.load;

import java.time.Duration;

/**
 * So many calls of one kind, each begun when another is over.
 *
 * @param concurrency how many are under way at once
 * @param calls how many in all
 * @param apart whether the first ones begin evenly over the time that an answer takes, as callers
 *     do that know nothing of each other; else all in the same instant
 */
record Scenario(Script script, int concurrency, int calls, boolean apart) {
  Scenario {
    if (concurrency < 1 || concurrency > calls) {
      throw new IllegalArgumentException(calls + " calls, " + concurrency + " at once");
    }
  }

  static Scenario together(Script script, int concurrency, int calls) {
    return new Scenario(script, concurrency, calls, false);
  }

  static Scenario apart(Script script, int concurrency, int calls) {
    return new Scenario(script, concurrency, calls, true);
  }

  /** Between the beginnings of the first calls. */
  Duration gap() {
    return apart ? script.length().dividedBy(concurrency) : Duration.ZERO;
  }

  Scenario calls(int number) {
    return new Scenario(script, Math.min(concurrency, number), number, apart);
  }
}
