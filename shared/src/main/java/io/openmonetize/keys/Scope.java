package io.openmonetize.keys;

import java.util.Optional;

/** What a key may be used for. */
public enum Scope {
  /** Calls through the proxy. */
  PROXY("proxy"),
  /** Reporting events to the ingestion API. */
  INGEST("ingest"),
  /** Reading events and sums from the query API. */
  READ("read");

  private final String wireName;

  Scope(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  public static Optional<Scope> ofWireName(String name) {
    for (Scope scope : values()) {
      if (scope.wireName.equals(name)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
