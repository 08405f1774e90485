package io.openmonetize.events;

/**
 * What makes two reports the same event. Each kind is a namespace of its own inside one customer:
 * an idempotency key never meets an event id that happens to read the same.
 */
public sealed interface EventIdentity {
  /** The id under which the event was reported; every report with it is the same event. */
  record ById(String eventId) implements EventIdentity {}

  /** The reporter's own key; it takes precedence over the event's id. */
  record ByIdempotencyKey(String key) implements EventIdentity {}

  /** One answer of a provider, however often it is read. */
  record ByResponse(Provider provider, String responseId) implements EventIdentity {}

  /** One line of a batch's results, however often they are read. */
  record ByBatchLine(Provider provider, String batchId, String customId) implements EventIdentity {}
}
