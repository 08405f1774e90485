package io.openmonetize.events;

/** What a message on the usage queue says. */
public sealed interface QueueMessage {
  /** Whose it is. */
  String customerId();

  /** Something was used. */
  record Event(UsageEvent event) implements QueueMessage {
    @Override
    public String customerId() {
      return event.attribution().customerId();
    }
  }

  /** A call is about to be made. */
  record Intent(CallIntent call) implements QueueMessage {
    @Override
    public String customerId() {
      return call.attribution().customerId();
    }
  }

  /** A call of which an intent was sent never reached its provider, so no event will come. */
  record Withdrawal(String customerId, String requestId) implements QueueMessage {}
}
