package io.openmonetize.local.host;

/** What becomes of a streamed response whose caller has hung up. */
public enum OnCallerGone {
  /** As on Lambda: the function is not told, and its response is read to the end. */
  DRAIN,
  /** The function's connection is reset, so that it may stop. */
  CANCEL
}
