package io.openmonetize.local.parts;

import io.openmonetize.runtime.http1.RequestHead;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request that a {@link FakeProvider} got, and how its answer went. */
public final class ReceivedCall {
  /** How an answer ended. */
  public enum End {
    COMPLETE,
    /** As the script said. */
    CUT,
    /** The other side closed the connection first. */
    PEER_GONE
  }

  private final RequestHead head;
  private final byte[] body;
  private final Instant arrivedAt;
  private final Script script;
  private volatile boolean begun;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final CompletableFuture<Void> peerGone = new CompletableFuture<>();

  ReceivedCall(RequestHead head, byte[] body, Instant arrivedAt, Script script) {
    this.head = head;
    this.body = body;
    this.arrivedAt = arrivedAt;
    this.script = script;
  }

  public RequestHead head() {
    return head;
  }

  public byte[] body() {
    return body.clone();
  }

  public Instant arrivedAt() {
    return arrivedAt;
  }

  /** What it is answered with. */
  public Script script() {
    return script;
  }

  /** Whether the first byte of the answer has been sent. */
  public boolean begun() {
    return begun;
  }

  /** Whether the last byte has been sent, or none will come any more. */
  public boolean ended() {
    return end.isDone();
  }

  /**
   * @throws TimeoutException when the answer has not ended in this time
   */
  public End awaitEnd(Duration time) throws InterruptedException, TimeoutException {
    try {
      return end.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  void begin() {
    begun = true;
  }

  void end(End how) {
    end.complete(how);
  }

  void peerGone() {
    peerGone.complete(null);
  }

  /** Waits, unless the other side is or becomes gone: then returns true at once. */
  boolean waitOrGone(Duration time) throws InterruptedException {
    try {
      peerGone.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
