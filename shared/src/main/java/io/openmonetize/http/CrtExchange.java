package io.openmonetize.http;

import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CRT;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpHeaderBlock;
import software.amazon.awssdk.crt.http.HttpStream;
import software.amazon.awssdk.crt.http.HttpStreamMetrics;
import software.amazon.awssdk.crt.http.HttpStreamResponseHandler;

/**
 * One exchange: the event loop's callbacks hand over head and pieces of the body, a blocking reader
 * takes them. The stream's flow-control window, opened again as the reader takes, bounds what lies
 * between.
 */
final class CrtExchange implements HttpStreamResponseHandler {
  /** How much of a body may wait for its reader, besides what the runtime itself buffers. */
  static final int WINDOW_BYTES = 128 * 1024;

  /** As our own reader of heads has it. */
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  /** Far above what the event loop takes; a connection that is not through by then is dropped. */
  private static final Duration COMPLETE_WITHIN = Duration.ofSeconds(1);

  private static final long NOT_YET = -1;

  private final boolean toHead;
  private final CrtRequestBody request;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Headers.Field> fields = new ArrayList<>();
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private @Nullable HttpStream stream;
  private boolean byteCame;
  private int headBytes;
  private @Nullable ResponseHead head;
  private boolean completed;
  private @Nullable IOException failure;

  /** Of the first piece, already taken. */
  private int taken;

  /** Taken, and not yet given back to the window. */
  private int owed;

  /** Of a body of known length, still to be taken; -1 where the length is not known. */
  private long remaining = -1;

  /**
   * @param toHead whether the request is a HEAD
   */
  CrtExchange(boolean toHead, CrtRequestBody request) {
    this.toHead = toHead;
    this.request = request;
  }

  void start(HttpStream started) {
    lock.lock();
    try {
      stream = started;
      if (request.length() == 0) {
        request.handOver();
      }
      started.activate();
    } catch (CrtRuntimeException e) {
      // Nothing calls back for it, and it would hold the connection.
      stream = null;
      started.close();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** For the reader, unless it has all it needs. */
  void fail(IOException cause) {
    lock.lock();
    try {
      if (!completed && failure == null) {
        failure = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void awaitByte() throws IOException {
    lock.lock();
    try {
      while (!byteCame) {
        awaitChange();
      }
    } finally {
      lock.unlock();
    }
  }

  ResponseHead head() throws IOException {
    lock.lock();
    try {
      while (head == null) {
        awaitChange();
      }
      return head;
    } finally {
      lock.unlock();
    }
  }

  int read(byte[] target, int offset, int length) throws IOException {
    lock.lock();
    try {
      while (pieces.isEmpty()) {
        if (isAtEnd()) {
          return -1;
        }
        awaitChange();
      }
      byte[] piece = pieces.getFirst();
      int count = Math.min(length, piece.length - taken);
      System.arraycopy(piece, taken, target, offset, count);
      taken += count;
      if (taken == piece.length) {
        pieces.removeFirst();
        taken = 0;
      }
      took(count);
      return count;
    } finally {
      lock.unlock();
    }
  }

  boolean endKnown() {
    lock.lock();
    try {
      return pieces.isEmpty() && isAtEnd();
    } finally {
      lock.unlock();
    }
  }

  Duration sinceSent() {
    return request.handedOver()
        ? Duration.ofNanos(System.nanoTime() - request.handedOverNanos())
        : Duration.ZERO;
  }

  /** Whether the peer took all of the request, all of the answer was taken, and both may go on. */
  boolean isWhole() {
    lock.lock();
    try {
      if (remaining == 0 && request.handedOver()) {
        awaitCompletion();
      }
      return completed
          && failure == null
          && pieces.isEmpty()
          && request.handedOver()
          && head != null
          && !head.headers().lists("connection", "close");
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onResponseHeaders(HttpStream from, int status, int blockType, HttpHeader[] block) {
    lock.lock();
    try {
      byteCame = true;
      if (blockType == HttpHeaderBlock.MAIN.getValue()) {
        add(block);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onResponseHeadersDone(HttpStream from, int blockType) {
    lock.lock();
    try {
      // The first callback where a head has no fields.
      byteCame = true;
      if (blockType == HttpHeaderBlock.MAIN.getValue() && failure == null) {
        frame(new ResponseHead(from.getResponseStatusCode(), "", new Headers(fields)));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int onResponseBody(HttpStream from, byte[] piece) {
    lock.lock();
    try {
      if (piece.length > 0) {
        pieces.addLast(piece);
        changed.signalAll();
      }
      // The window stays shut by so much until the reader has taken it.
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** Told before the end: the only trace of bytes that never made a head. */
  @Override
  public void onMetrics(HttpStream from, HttpStreamMetrics metrics) {
    lock.lock();
    try {
      byteCame |= metrics.getReceiveStartTimestampNs() != NOT_YET;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onResponseComplete(HttpStream from, int error) {
    lock.lock();
    try {
      completed = true;
      stream = null;
      from.close();
      if (error != CRT.AWS_CRT_SUCCESS && failure == null) {
        failure = CrtErrors.exception("The exchange broke off", error);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(HttpHeader[] block) {
    for (HttpHeader header : block) {
      byte[] name = header.getNameBytes();
      byte[] value = header.getValueBytes();
      headBytes += name.length + value.length;
      if (headBytes > MAX_HEAD_BYTES) {
        failure = new IOException("More than 64 KiB of response head");
        return;
      }
      fields.add(
          new Headers.Field(
              new String(name, StandardCharsets.ISO_8859_1),
              new String(value, StandardCharsets.ISO_8859_1)));
    }
  }

  /**
   * The runtime takes a body that only the end of the connection would end for an empty one.
   * Passing that on would lose the body without a word.
   */
  private void frame(ResponseHead whole) {
    int status = whole.status();
    boolean noBody = toHead || status == 204 || status == 304;
    if (noBody) {
      remaining = 0;
    } else if (whole.headers().contains("transfer-encoding")) {
      remaining = -1;
    } else if (whole.headers().contains("content-length")) {
      remaining = Long.parseLong(whole.headers().first("content-length").orElseThrow());
    } else {
      failure = new IOException("The answer states neither a length nor chunks");
      return;
    }
    head = whole;
  }

  /**
   * A body of known length is whole without the runtime's word for it, which comes only when the
   * request is through: a peer that answers early may not take the rest.
   */
  private boolean isAtEnd() {
    return (remaining == 0) || (completed && failure == null);
  }

  private void took(int count) {
    remaining -= remaining > 0 ? count : 0;
    owed += count;
    if (owed >= WINDOW_BYTES / 2 && stream != null) {
      stream.incrementWindow(owed);
      owed = 0;
    }
  }

  /** Waits, or throws when nothing more will come. */
  private void awaitChange() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (completed) {
      throw new IOException("The exchange ended without an answer");
    }
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for the answer");
    }
  }

  /** Due at once where the last byte of the answer is there. No limit of the call's ends this. */
  private void awaitCompletion() {
    long left = COMPLETE_WITHIN.toNanos();
    try {
      while (!completed && failure == null && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
