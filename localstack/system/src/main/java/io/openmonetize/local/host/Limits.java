package io.openmonetize.local.host;

/** Quotas of Lambda that a caller can run into. */
final class Limits {
  /** A synchronous invocation's payload, each way, as it stands in the JSON event. */
  static final int PAYLOAD_BYTES = 6 * 1024 * 1024;

  private Limits() {}
}
