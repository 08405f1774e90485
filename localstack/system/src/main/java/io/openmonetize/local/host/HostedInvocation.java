package io.openmonetize.local.host;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One event on its way through a function. */
final class HostedInvocation {
  private final String id;
  private final byte[] event;
  private final String traceId;
  private final ResponseReceiver receiver;
  private final CompletableFuture<Instant> delivered = new CompletableFuture<>();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private boolean claimed;
  private @Nullable Runnable cancel;

  HostedInvocation(String id, byte[] event, String traceId, ResponseReceiver receiver) {
    this.id = id;
    this.event = event;
    this.traceId = traceId;
    this.receiver = receiver;
  }

  String id() {
    return id;
  }

  byte[] event() {
    return event;
  }

  String traceId() {
    return traceId;
  }

  ResponseReceiver receiver() {
    return receiver;
  }

  void delivered(Instant deadline) {
    delivered.complete(deadline);
  }

  void end(Outcome how) {
    outcome.complete(how);
  }

  boolean ended() {
    return outcome.isDone();
  }

  /**
   * Only the first response or error is taken, and none after the end.
   *
   * @param breakConnection ends the response if the invocation ends before it
   */
  synchronized boolean claim(Runnable breakConnection) {
    if (claimed || outcome.isDone()) {
      return false;
    }
    claimed = true;
    cancel = breakConnection;
    return true;
  }

  synchronized boolean claimed() {
    return claimed;
  }

  /** False when no process took it in this time. */
  boolean awaitDelivery(Duration time) throws InterruptedException {
    try {
      CompletableFuture.anyOf(delivered, outcome).get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends it as timed out when it has not ended in this time. */
  Outcome await(Duration time) throws InterruptedException {
    try {
      return outcome.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      end(new Outcome.TimedOut());
      breakResponse();
      return outcome.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void breakResponse() {
    Runnable action;
    synchronized (this) {
      action = cancel;
    }
    if (action != null) {
      action.run();
    }
  }
}
