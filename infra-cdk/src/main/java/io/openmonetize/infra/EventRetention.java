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
    return Context.number(node, Context.EVENT_RETENTION_DAYS, 1, DAYS_AT_MOST)
        .map(days -> Map.of("OM_EVENT_RETENTION_DAYS", days.toString()))
        .orElse(Map.of());
  }
}
