package io.openmonetize.storage;

import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of an event: its customer and its identity, nothing else. A second report of the
 * same event therefore meets the first, whatever its timestamp, and every event has a partition of
 * its own, so that no customer makes one hot.
 */
public record EventKey(String customerId, EventIdentity identity) {
  /** The sort key of every event. */
  public static final String SORT = "EVENT";

  public static EventKey of(UsageEvent event) {
    return new EventKey(event.attribution().customerId(), event.identity());
  }

  public String partition() {
    return switch (identity) {
      case EventIdentity.ById(String eventId) -> KeyPart.join("EVENT", customerId, "E", eventId);
      case EventIdentity.ByIdempotencyKey(String key) ->
          KeyPart.join("EVENT", customerId, "K", key);
      case EventIdentity.ByResponse(Provider provider, String responseId) ->
          KeyPart.join("EVENT", customerId, "R", provider.name(), responseId);
      case EventIdentity.ByBatchLine(Provider provider, String batchId, String customId) ->
          KeyPart.join("EVENT", customerId, "B", provider.name(), batchId, customId);
    };
  }

  static EventKey ofPartition(String partition) {
    @Nullable String[] parts = KeyPart.split(partition);
    EventIdentity identity =
        switch (part(parts, 2)) {
          case "E" -> new EventIdentity.ById(part(parts, 3));
          case "K" -> new EventIdentity.ByIdempotencyKey(part(parts, 3));
          case "R" ->
              new EventIdentity.ByResponse(Provider.valueOf(part(parts, 3)), part(parts, 4));
          case "B" ->
              new EventIdentity.ByBatchLine(
                  Provider.valueOf(part(parts, 3)), part(parts, 4), part(parts, 5));
          default -> throw new IllegalArgumentException("no such kind of identity: " + partition);
        };
    return new EventKey(part(parts, 1), identity);
  }

  private static String part(@Nullable String[] parts, int index) {
    return Objects.requireNonNull(parts[index], "a part of an event's key is empty");
  }
}
