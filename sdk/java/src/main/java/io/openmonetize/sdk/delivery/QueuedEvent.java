package io.openmonetize.sdk.delivery;

/**
 * An event on its way.
 *
 * @param eventId the same over all tries, by which the server knows it again
 * @param json the event as it is sent, a line feed at its end
 * @param sequence counts up from 1 in the order of tracking; 0 for one of an earlier process
 * @param queuedAt when it was queued, by the pacer's clock
 * @param receipt to be told when it is settled
 */
public record QueuedEvent(
    String eventId, byte[] json, long sequence, long queuedAt, Receipt receipt) {
  /** Without the event itself. */
  @Override
  public String toString() {
    return "QueuedEvent[" + eventId + "]";
  }
}
