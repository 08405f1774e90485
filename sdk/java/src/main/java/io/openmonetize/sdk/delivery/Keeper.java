package io.openmonetize.sdk.delivery;

/** Keeps events beside the queue. */
@FunctionalInterface
public interface Keeper {
  /** Keeps nothing. */
  Keeper NONE = json -> Receipt.NONE;

  /**
   * Keeps an event until it is settled, if it can. Never throws.
   *
   * @param json the event, a line feed at its end
   * @return to be told when it is settled
   */
  Receipt keep(byte[] json);
}
