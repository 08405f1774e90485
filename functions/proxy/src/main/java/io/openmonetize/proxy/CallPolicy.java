package io.openmonetize.proxy;

import io.openmonetize.proxy.relay.OnCallerGone;
import java.time.Duration;

/**
 * How long, and what if the caller leaves.
 *
 * @param answerWithin from sending a request that asks for no stream to the head of its answer
 * @param reserve before the platform's deadline, when the call is ended and booked
 */
record CallPolicy(Duration answerWithin, Duration reserve, OnCallerGone onCallerGone) {
  /** Enough for the last events to leave and for the queue's three tries of a second each. */
  static final Duration RESERVE = Duration.ofSeconds(5);

  /**
   * Before the platform's deadline, when a caller that has not taken all of its answer is given up:
   * a second after the last bytes were sent, and with the queue's three seconds still to come. Its
   * blocked write would otherwise end with the process, and the call go unbooked.
   */
  static final Duration CALLER_RESERVE = Duration.ofSeconds(4);
}
