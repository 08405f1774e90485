package io.openmonetize.http;

import java.io.IOException;
import java.time.Duration;

/** One connector for {@code http}, one for {@code https}. */
public record SchemeConnector(Connector plain, Connector tls) implements Connector {
  @Override
  public ClientConnection connect(Origin origin, Duration within) throws IOException {
    return (origin.tls() ? tls : plain).connect(origin, within);
  }
}
