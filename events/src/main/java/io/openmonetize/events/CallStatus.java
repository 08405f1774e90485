package io.openmonetize.events;

/** How a call ended, as seen from where it was measured. */
public enum CallStatus {
  /** The provider answered with success and the answer ended as it should. */
  OK("ok"),
  /** The provider answered with an error, before or inside the answer. */
  ERROR("error"),
  /** The provider's answer broke off. */
  INTERRUPTED("interrupted"),
  /** The caller hung up before the answer had ended, and the call was given up. */
  CANCELLED("cancelled"),
  /** No answer in time: the proxy's limit or the platform's. */
  TIMEOUT("timeout"),
  /** The provider could not be reached. */
  UNREACHABLE("unreachable"),
  /** The call began, and how it ended was never told: whatever measured it was killed. */
  UNACCOUNTED("unaccounted");

  private final String wireName;

  CallStatus(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
