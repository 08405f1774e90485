package io.openmonetize.sdk.tracked;

import java.lang.ref.Cleaner;

/**
 * Books streams that nobody closed, once they are garbage: their calls were billed all the same.
 */
public final class Forgotten {
  private static final Cleaner CLEANER = Cleaner.create();

  private Forgotten() {}

  /**
   * Watches a stream.
   *
   * @param stream what the application holds
   * @param booking must not hold the stream
   */
  public static void watch(Object stream, StreamBooking booking) {
    CLEANER.register(stream, booking::forgotten);
  }
}
