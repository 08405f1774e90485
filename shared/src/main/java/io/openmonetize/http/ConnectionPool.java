package io.openmonetize.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections, the last used first. Connections in use are not counted: a limit on them would
 * be a limit on calls.
 *
 * <p>Age is by the wall clock, which goes on while Lambda has the process frozen; the connections
 * die meanwhile.
 */
public final class ConnectionPool {
  private final int idleAtMost;
  private final Duration idleLimit;
  private final Clock clock;
  private final Map<Origin, Deque<Idle>> idle = new HashMap<>();

  private record Idle(ClientConnection connection, Instant since) {}

  /**
   * @param idleAtMost connections kept for one origin
   */
  public ConnectionPool(int idleAtMost, Duration idleLimit, Clock clock) {
    this.idleAtMost = idleAtMost;
    this.idleLimit = idleLimit;
    this.clock = clock;
  }

  /** A connection that is perhaps still good, or null. */
  synchronized @Nullable ClientConnection take(Origin origin) {
    Deque<Idle> connections = idle.getOrDefault(origin, new ArrayDeque<>());
    for (Idle newest; (newest = connections.pollFirst()) != null; ) {
      if (isFresh(newest) && newest.connection.isQuiet()) {
        return newest.connection;
      }
      newest.connection.drop();
    }
    return null;
  }

  synchronized void give(ClientConnection connection) {
    Deque<Idle> connections = idle.computeIfAbsent(connection.origin(), _ -> new ArrayDeque<>());
    connections.addFirst(new Idle(connection, clock.instant()));
    while (!connections.isEmpty()
        && (connections.size() > idleAtMost || !isFresh(connections.peekLast()))) {
      connections.pollLast().connection.drop();
    }
  }

  synchronized void clear() {
    idle.values().forEach(all -> all.forEach(one -> one.connection.drop()));
    idle.clear();
  }

  private boolean isFresh(Idle one) {
    return Duration.between(one.since, clock.instant()).compareTo(idleLimit) < 0;
  }
}
