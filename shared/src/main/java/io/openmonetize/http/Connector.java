package io.openmonetize.http;

import java.io.IOException;
import java.time.Duration;

/** Makes connections. Safe for use by many threads. */
@FunctionalInterface
public interface Connector {
  /**
   * @param within how long the caller has; a connector may give up sooner
   * @throws IOException when there is no connection, and the peer has seen no request
   */
  ClientConnection connect(Origin origin, Duration within) throws IOException;
}
