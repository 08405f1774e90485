package io.openmonetize.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.EOFException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An exchange's end and its abort at the same moment. */
final class AbortTest {
  @Test
  void release_whileAbortDrops_waitsSoThatNoOtherExchangeIsDropped() throws Exception {
    Slow connection = new Slow();
    Abort abort = new Abort();
    abort.attach(connection);
    Thread aborting = Thread.ofPlatform().daemon().start(abort::abort);
    connection.dropping.await();
    Thread releasing = Thread.ofPlatform().daemon().start(abort::release);

    // Too short a wait would let a fault pass, and never fail what is right.
    assertThat(releasing.join(Duration.ofMillis(300))).isFalse();
    connection.mayDrop.countDown();
    aborting.join();
    releasing.join();
  }

  /** Takes its time to be dropped. */
  private static final class Slow implements ClientConnection {
    final CountDownLatch dropping = new CountDownLatch(1);
    final CountDownLatch mayDrop = new CountDownLatch(1);

    @Override
    public void drop() {
      dropping.countDown();
      try {
        mayDrop.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Origin origin() {
      return new Origin(false, "127.0.0.1", 1, "127.0.0.1:1", "");
    }

    @Override
    public void send(RequestHead head, byte[] body) {}

    @Override
    public void awaitByte() throws EOFException {
      throw new EOFException("Nothing is sent");
    }

    @Override
    public ResponseHead responseHead() throws EOFException {
      throw new EOFException("Nothing is sent");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return -1;
    }

    @Override
    public boolean endKnown() {
      return true;
    }

    @Override
    public Duration sinceSent() {
      return Duration.ZERO;
    }

    @Override
    public boolean isReusable() {
      return false;
    }

    @Override
    public boolean isQuiet() {
      return true;
    }
  }
}
