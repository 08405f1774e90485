package io.openmonetize.storage;

/** A range cannot be summed within a bounded number of queries, items and sums. */
public final class RangeTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RangeTooLongException(long count, String what) {
    super("the range would take " + count + " " + what);
  }
}
