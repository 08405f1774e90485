package io.openmonetize.pricing;

/** Leaves the sums of {@link PriceBook} free of a check after each step. */
final class NoPriceException extends Exception {
  private static final long serialVersionUID = 1L;

  NoPriceException(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
