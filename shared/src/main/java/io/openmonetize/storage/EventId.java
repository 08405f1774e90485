package io.openmonetize.storage;

import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An event's key as text that can stand in an address. Its holder may take it apart: whoever reads
 * by it must look at whose event it names.
 */
public final class EventId {
  /** DynamoDB's limit for a partition key. */
  private static final int BYTES_AT_MOST = 2048;

  private EventId() {}

  public static String of(UsageEvent event) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(EventKey.of(event).partition().getBytes(StandardCharsets.UTF_8));
  }

  /** Empty for a text that is no event's id. */
  public static Optional<EventKey> read(String id) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(id);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String partition = new String(bytes, StandardCharsets.UTF_8);
    if (bytes.length > BYTES_AT_MOST || !isKey(partition)) {
      return Optional.empty();
    }
    EventKey key = EventKey.ofPartition(partition);
    // One key has one id: what decodes to it in another way is not it.
    boolean same = Arrays.equals(key.partition().getBytes(StandardCharsets.UTF_8), bytes);
    return same ? Optional.of(key) : Optional.empty();
  }

  private static boolean isKey(String partition) {
    List<String> parts = Arrays.asList(KeyPart.split(partition));
    if (parts.size() < 4
        || parts.stream().anyMatch(Objects::isNull)
        || !parts.getFirst().equals("EVENT")) {
      return false;
    }
    return switch (parts.get(2)) {
      case "E", "K" -> parts.size() == 4;
      case "R" -> parts.size() == 5 && isProvider(parts.get(3));
      case "B" -> parts.size() == 6 && isProvider(parts.get(3));
      default -> false;
    };
  }

  private static boolean isProvider(String name) {
    return Arrays.stream(Provider.values()).anyMatch(provider -> provider.name().equals(name));
  }
}
