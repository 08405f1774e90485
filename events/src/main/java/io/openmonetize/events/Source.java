package io.openmonetize.events;

/** Which way an event came in. */
public enum Source {
  /** Measured by the proxy on the wire. */
  PROXY("proxy"),
  /** Reported by the application, through an SDK or the ingestion API. */
  SDK("sdk");

  private final String wireName;

  Source(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
