package io.openmonetize.proxy;

import io.openmonetize.proxy.relay.OnCallerGone;
import java.time.Duration;

/**
 * How long, how large, and what if the caller leaves.
 *
 * @param answerWithin from sending a request that asks for no stream to the head of its answer
 * @param reserve before the platform's deadline, when the call is ended and booked
 * @param bodyBytesAtMost of a request's body
 */
record CallPolicy(
    Duration answerWithin, Duration reserve, int bodyBytesAtMost, OnCallerGone onCallerGone) {
  /** Enough for the last events to leave and for the queue's three tries of a second each. */
  static final Duration RESERVE = Duration.ofSeconds(5);

  /** What Lambda takes at most as an event: 6 MB, of which a body is the larger part. */
  static final int BODY_BYTES_AT_MOST = 6 * 1024 * 1024;
}
