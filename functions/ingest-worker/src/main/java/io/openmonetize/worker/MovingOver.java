package io.openmonetize.worker;

import io.openmonetize.logging.Log;
import io.openmonetize.storage.MoveState;

/**
 * Counts the events that an earlier version of the ledger booked where events are counted now,
 * since readers look nowhere else. Where it is stopped, the next call goes on. It is done when a
 * whole walk finds nothing to move: so one that a worker of the earlier version still books beside
 * the first walk, as a deployment replaces it, is found by the second.
 */
final class MovingOver {
  private final MoveState state;
  private final Rerating rerating;
  private final Log log;

  MovingOver(MoveState state, Rerating rerating, Log log) {
    this.state = state;
    this.rerating = rerating;
    this.log = log;
  }

  void run(TimeLeft timeLeft) {
    if (state.isDone()) {
      return;
    }
    MoveTally tally = new MoveTally();
    boolean whole = rerating.moveOver(tally, timeLeft);
    if (whole && tally.moved() == 0) {
      state.done();
    }
    log.info(
        "ledger.moved_over", "events", tally.moved(), "refused", tally.refused(), "whole", whole);
  }
}
