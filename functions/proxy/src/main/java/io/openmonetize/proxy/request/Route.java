package io.openmonetize.proxy.request;

import io.openmonetize.events.Provider;

/** Where a request goes. */
public sealed interface Route {
  /** A browser asks whether it may call. */
  record Preflight() implements Route {}

  /** A question about the proxy itself. */
  record Health(Probe probe) implements Route {}

  /** A path of no provider. */
  record Unknown() implements Route {}

  /** A path that could be read as another than the one it was routed by. */
  record Unsafe() implements Route {}

  /**
   * @param path the path at the provider, raw: without the prefix that named the provider
   */
  record Proxied(Provider provider, String path) implements Route {}

  /** The three questions about the proxy. */
  enum Probe {
    HEALTH,
    LIVE,
    READY
  }
}
