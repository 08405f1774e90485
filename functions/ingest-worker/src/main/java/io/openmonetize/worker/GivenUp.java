package io.openmonetize.worker;

import io.openmonetize.lambda.SqsBatch;

/** What becomes of a message that could not be booked. */
@FunctionalInterface
public interface GivenUp {
  /**
   * @param cause a code or the name of a field, never a value
   * @param hopeless whether no other try would book it either
   * @return whether the message is kept elsewhere, and so must not come again
   */
  boolean keep(SqsBatch.Message message, String cause, boolean hopeless);
}
