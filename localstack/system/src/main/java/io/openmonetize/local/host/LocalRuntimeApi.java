package io.openmonetize.local.host;

import io.openmonetize.logging.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API, from the platform's side: hands events to the processes that ask for
 * them, one at a time each, and takes their responses.
 *
 * <p>An event goes only to a poller whose connection is alive. One that a dying process did not
 * take goes to the next.
 */
public final class LocalRuntimeApi implements AutoCloseable {
  private static final int BACKLOG = 512;

  /** As long as a process may take to start. */
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(20);

  /** For a function whose response was broken off. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final ServerSocket listener;
  private final Duration functionTimeout;
  private final Clock clock;
  private final Log log;
  private final Deque<RuntimeConnection> pollers = new ArrayDeque<>();
  private final Deque<HostedInvocation> waiting = new ArrayDeque<>();
  private final Map<String, HostedInvocation> running = new HashMap<>();
  private final Set<RuntimeConnection> connections = new HashSet<>();
  private @Nullable String initialisationError;
  private boolean closing;

  private LocalRuntimeApi(ServerSocket listener, Duration functionTimeout, Clock clock, Log log) {
    this.listener = listener;
    this.functionTimeout = functionTimeout;
    this.clock = clock;
    this.log = log;
  }

  /**
   * On any free port.
   *
   * @param functionTimeout how long an invocation may take; on Lambda 15 minutes at most
   */
  public static LocalRuntimeApi start(Duration functionTimeout, Clock clock, Log log)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    LocalRuntimeApi api = new LocalRuntimeApi(listener, functionTimeout, clock, log);
    Thread.ofVirtual().name("runtime-api").start(api::accept);
    return api;
  }

  /** For {@code AWS_LAMBDA_RUNTIME_API}. */
  public String authority() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Waits until a process asks for events. False when none does in this time, or it gives up. */
  public synchronized boolean awaitPoller(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toMillis(); pollers.isEmpty() && initialisationError == null; ) {
        if (left <= 0) {
          return false;
        }
        wait(left);
        left = (deadline - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !pollers.isEmpty();
  }

  /** Runs one invocation to its end. */
  Outcome invoke(HostedInvocation invocation) throws InterruptedException {
    try {
      offer(invocation);
      // One that was taken off the queue at this very moment is on its way to a process.
      if (!invocation.awaitDelivery(TAKEN_WITHIN) && withdraw(invocation)) {
        invocation.end(new Outcome.Throttled());
      }
      return invocation.await(functionTimeout);
    } finally {
      withdraw(invocation);
      synchronized (this) {
        running.remove(invocation.id());
      }
    }
  }

  /** False when it no longer waits. */
  private synchronized boolean withdraw(HostedInvocation invocation) {
    return waiting.remove(invocation);
  }

  /**
   * Tells those who ask for events that there are no more (410), upon which they end, and lets
   * running invocations end within this time. The responses that last longer are broken off, so
   * that their functions may still do what they do at an end.
   */
  public void close(Duration grace) {
    List<RuntimeConnection> idle;
    synchronized (this) {
      closing = true;
      idle = List.copyOf(pollers);
      pollers.clear();
    }
    idle.forEach(RuntimeConnection::deny);
    awaitNoConnection(grace);
    left().forEach(RuntimeConnection::resetResponse);
    awaitNoConnection(grace.compareTo(LAST_WORDS) < 0 ? grace : LAST_WORDS);
    left().forEach(RuntimeConnection::reset);
    try {
      listener.close();
    } catch (IOException e) {
      log.debug("listener_not_closed", "cause", e);
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /** A process asks for an event. */
  void next(RuntimeConnection poller) {
    HostedInvocation invocation;
    synchronized (this) {
      initialisationError = null;
      if (!closing) {
        invocation = waiting.poll();
        while (invocation != null && invocation.ended()) {
          // Its caller has been told that nobody took it.
          invocation = waiting.poll();
        }
        if (invocation == null) {
          pollers.add(poller);
          notifyAll();
          return;
        }
        running.put(invocation.id(), invocation);
      } else {
        invocation = null;
      }
    }
    if (invocation == null) {
      poller.deny();
    } else if (!deliver(invocation, poller)) {
      offer(invocation);
    }
  }

  synchronized @Nullable HostedInvocation running(String id) {
    return running.get(id);
  }

  /** The process cannot serve those that wait, nor those that come before another has started. */
  void initialisationFailed(String errorType) {
    log.error("function_initialisation_failed", "error_type", errorType);
    List<HostedInvocation> failed;
    synchronized (this) {
      initialisationError = errorType;
      notifyAll();
      failed = List.copyOf(waiting);
      waiting.clear();
    }
    failed.forEach(invocation -> invocation.end(new Outcome.Failed(errorType)));
  }

  synchronized void opened(RuntimeConnection connection) {
    connections.add(connection);
  }

  /** A poller whose connection is gone gets no event. */
  synchronized void lost(RuntimeConnection connection) {
    pollers.remove(connection);
    connections.remove(connection);
    notifyAll();
  }

  private void offer(HostedInvocation invocation) {
    while (true) {
      RuntimeConnection poller;
      synchronized (this) {
        poller = pollers.poll();
        if (poller == null && initialisationError != null) {
          invocation.end(new Outcome.Failed(initialisationError));
          return;
        }
        if (poller == null) {
          running.remove(invocation.id());
          waiting.add(invocation);
          return;
        }
        running.put(invocation.id(), invocation);
      }
      if (deliver(invocation, poller)) {
        return;
      }
    }
  }

  private boolean deliver(HostedInvocation invocation, RuntimeConnection poller) {
    Instant deadline = clock.instant().plus(functionTimeout);
    if (!poller.deliver(invocation, deadline)) {
      return false;
    }
    invocation.delivered(deadline);
    return true;
  }

  private synchronized List<RuntimeConnection> left() {
    return List.copyOf(connections);
  }

  private synchronized void awaitNoConnection(Duration grace) {
    long deadline = System.nanoTime() + grace.toNanos();
    try {
      for (long left = grace.toMillis(); left > 0 && !connections.isEmpty(); ) {
        wait(left);
        left = (deadline - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        RuntimeConnection connection = new RuntimeConnection(this, socket, log);
        Thread.ofVirtual().name("runtime-api-connection").start(connection::run);
      } catch (IOException e) {
        if (!listener.isClosed()) {
          log.error("runtime_api_connection_not_accepted", "cause", e);
        }
      }
    }
  }
}
