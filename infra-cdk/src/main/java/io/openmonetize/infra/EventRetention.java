package io.openmonetize.infra;

import java.util.Map;
import software.constructs.Node;

/** For how long the operator wants events kept; sums are kept for ever. */
final class EventRetention {
  private static final int DAYS_AT_MOST = 3650;

  private EventRetention() {}

  /**
   * What those functions find in their environment that book events or take them in. Reads {@code
   * -c eventRetentionDays=…}; nothing when it is absent, and events are kept for ever.
   *
   * @throws IllegalArgumentException when it is no whole number from 1 to 3650
   */
  static Map<String, String> environment(Node node) {
    Object days = node.tryGetContext("eventRetentionDays");
    if (days == null) {
      return Map.of();
    }
    String text = days.toString();
    if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > DAYS_AT_MOST) {
      throw new IllegalArgumentException(
          "-c eventRetentionDays= must be a whole number from 1 to "
              + DAYS_AT_MOST
              + ", not "
              + text);
    }
    return Map.of("OM_EVENT_RETENTION_DAYS", text);
  }
}
