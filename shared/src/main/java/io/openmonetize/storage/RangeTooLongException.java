package io.openmonetize.storage;

/** A range cannot be summed within a bounded number of queries. */
public final class RangeTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RangeTooLongException(long queries) {
    super("the range would take " + queries + " queries");
  }
}
