package io.openmonetize.config;

import io.openmonetize.http.Connector;
import io.openmonetize.http.CrtConnector;
import io.openmonetize.http.CrtTls;
import io.openmonetize.http.SchemeConnector;
import io.openmonetize.http.SocketConnector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process's ways to other servers. What TLS needs, its native library and its trusted authorities
 * ({@link CaBundle}), is loaded when it is first asked for: a system whose parts are all on one
 * machine needs neither.
 */
public final class Transport implements AutoCloseable {
  private static final int EVENT_LOOPS = 1;

  private final Environment environment;
  private final List<CrtConnector> connectors = new ArrayList<>();
  private @Nullable CrtTls tls;

  private Transport(Environment environment) {
    this.environment = environment;
  }

  public static Transport of(Environment environment) {
    return new Transport(environment);
  }

  /**
   * For both {@code http} and {@code https}.
   *
   * @param connectWithin how long a connection may take, TLS included
   */
  public Connector connector(Duration connectWithin) {
    return new SchemeConnector(new SocketConnector(connectWithin), lazyTls(connectWithin));
  }

  /**
   * Loads what TLS needs, unless that was done.
   *
   * @throws ConfigurationException when there is no bundle of certificates, or no native library
   *     for this machine
   */
  public void prepareTls() {
    tls();
  }

  /** Connections that are still open stay so until they are dropped. */
  @Override
  public synchronized void close() {
    connectors.forEach(CrtConnector::close);
    connectors.clear();
    if (tls != null) {
      tls.close();
      tls = null;
    }
  }

  private Connector lazyTls(Duration connectWithin) {
    var made =
        new Object() {
          @Nullable Connector connector;
        };
    return (origin, within) -> {
      Connector connector;
      synchronized (this) {
        if (made.connector == null) {
          CrtConnector fresh = new CrtConnector(tls(), connectWithin);
          connectors.add(fresh);
          made.connector = fresh;
        }
        connector = made.connector;
      }
      return connector.connect(origin, within);
    };
  }

  private synchronized CrtTls tls() {
    if (tls == null) {
      try {
        tls = CrtTls.start(CaBundle.find(environment), EVENT_LOOPS);
      } catch (IOException e) {
        throw new ConfigurationException("No TLS: " + e.getMessage());
      }
    }
    return tls;
  }
}
