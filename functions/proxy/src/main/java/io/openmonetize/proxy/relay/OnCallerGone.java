package io.openmonetize.proxy.relay;

/** What becomes of a provider's answer whose caller has hung up: {@code OM_ON_CALLER_GONE}. */
public enum OnCallerGone {
  /** It is read to its end, and so its usage is known exactly; the whole answer is paid for. */
  DRAIN,
  /** The provider is hung up on, which stops the spending; what was used is known in part. */
  CANCEL
}
