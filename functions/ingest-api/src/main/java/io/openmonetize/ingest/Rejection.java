package io.openmonetize.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Why one event of a batch was not taken.
 *
 * @param index its place in the batch, from 0
 * @param eventId as sent; null when there is none
 * @param field the field that is wrong; empty when none is
 */
record Rejection(int index, @Nullable String eventId, String field, Code code, String reason) {
  /** The stable word on the wire, and whether the same event may succeed later. */
  enum Code {
    INVALID(false),
    FORBIDDEN(false),
    QUEUE_UNAVAILABLE(true);

    private final boolean retryable;

    Code(boolean retryable) {
      this.retryable = retryable;
    }

    boolean retryable() {
      return retryable;
    }
  }
}
