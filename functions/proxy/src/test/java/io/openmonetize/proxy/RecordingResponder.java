package io.openmonetize.proxy;

import io.openmonetize.runtime.Prelude;
import io.openmonetize.runtime.Responder;
import io.openmonetize.runtime.ResponseStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays the platform's end of one response, and may hang up. */
class RecordingResponder implements Responder, ResponseStream {
  /** How a response stands. */
  enum State {
    NOT_BEGUN,
    OPEN,
    ENDED,
    FAILED
  }

  private final int bytesUntilGone;
  private final CountDownLatch firstWrite = new CountDownLatch(1);
  private final List<byte[]> writes = new ArrayList<>();
  private @Nullable Prelude prelude;
  private @Nullable String errorType;
  private State state = State.NOT_BEGUN;
  private @Nullable Instant endBy;
  private int taken;

  RecordingResponder() {
    this(Integer.MAX_VALUE);
  }

  /**
   * @param bytesUntilGone how many bytes of the body the caller stays for
   */
  RecordingResponder(int bytesUntilGone) {
    this.bytesUntilGone = bytesUntilGone;
  }

  @Override
  public void respond(byte[] payload) {
    throw new AssertionError("A function URL in streaming mode has no buffered answers");
  }

  @Override
  public ResponseStream stream(Prelude begun) {
    throw new AssertionError("An answer without a limit may cost its call the booking");
  }

  @Override
  public synchronized ResponseStream stream(Prelude begun, Instant end) {
    if (prelude != null) {
      throw new AssertionError("The invocation was answered twice");
    }
    prelude = begun;
    endBy = end;
    state = State.OPEN;
    return this;
  }

  @Override
  public synchronized void write(byte[] buffer, int offset, int length) throws IOException {
    requireOpen();
    taken += length;
    if (taken > bytesUntilGone) {
      throw new IOException("The caller has gone");
    }
    byte[] copy = new byte[length];
    System.arraycopy(buffer, offset, copy, 0, length);
    writes.add(copy);
    firstWrite.countDown();
  }

  @Override
  public synchronized void end() {
    requireOpen();
    state = State.ENDED;
  }

  @Override
  public synchronized void fail(String type, String message) {
    requireOpen();
    state = State.FAILED;
    errorType = type;
  }

  boolean awaitFirstWrite() throws InterruptedException {
    return firstWrite.await(30, TimeUnit.SECONDS);
  }

  synchronized State state() {
    return state;
  }

  synchronized int status() {
    return began().statusCode();
  }

  synchronized Prelude began() {
    if (prelude == null) {
      throw new AssertionError("The invocation was not answered");
    }
    return prelude;
  }

  synchronized String header(String name) {
    return began().headers().getOrDefault(name, "");
  }

  synchronized @Nullable String errorType() {
    return errorType;
  }

  /** When the platform's end was to be closed. */
  synchronized @Nullable Instant endBy() {
    return endBy;
  }

  /** Each as the platform got it. */
  synchronized List<byte[]> writes() {
    return List.copyOf(writes);
  }

  synchronized byte[] body() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    writes.forEach(all::writeBytes);
    return all.toByteArray();
  }

  String text() {
    return new String(body(), StandardCharsets.UTF_8);
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw new AssertionError("The response is " + state);
    }
  }
}
