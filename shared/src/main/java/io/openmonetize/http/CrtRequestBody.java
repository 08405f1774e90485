package io.openmonetize.http;

import java.nio.ByteBuffer;
import software.amazon.awssdk.crt.http.HttpRequestBodyStream;

/** A request's body, fetched by the event loop piece by piece as the peer takes it. */
final class CrtRequestBody implements HttpRequestBodyStream {
  private final byte[] body;
  private int position;
  private volatile long handedOverNanos;
  private volatile boolean handedOver;

  CrtRequestBody(byte[] body) {
    this.body = body;
  }

  @Override
  public boolean sendRequestBody(ByteBuffer out) {
    int count = Math.min(out.remaining(), body.length - position);
    out.put(body, position, count);
    position += count;
    if (position < body.length) {
      return false;
    }
    handOver();
    return true;
  }

  @Override
  public boolean resetPosition() {
    position = 0;
    return true;
  }

  @Override
  public long getLength() {
    return body.length;
  }

  int length() {
    return body.length;
  }

  void handOver() {
    handedOverNanos = System.nanoTime();
    handedOver = true;
  }

  /** Whether the last piece was fetched. */
  boolean handedOver() {
    return handedOver;
  }

  /** {@code System.nanoTime()} of that. */
  long handedOverNanos() {
    return handedOverNanos;
  }
}
