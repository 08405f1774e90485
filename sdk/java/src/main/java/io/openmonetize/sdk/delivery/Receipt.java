package io.openmonetize.sdk.delivery;

/** What keeps an event beside the queue, and is to be told when it need not any more. */
@FunctionalInterface
public interface Receipt {
  /** Of an event that is nowhere else. */
  Receipt NONE = () -> {};

  /** The event is accepted or refused: it need not be kept. Told once; never throws. */
  void settle();
}
