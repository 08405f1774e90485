package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket's input with a limit on several reads together. A socket's own timeout starts again with
 * each read, so that a peer sending a byte now and then could hold a connection for ever.
 */
final class DeadlineInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private boolean limited;
  private long deadlineNanos;

  DeadlineInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** From now on until the next call, reads may take this long in all. */
  void limit(Duration duration) {
    limited = true;
    deadlineNanos = System.nanoTime() + duration.toNanos();
  }

  void unlimited() {
    limited = false;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    socket.setSoTimeout(limited ? remainingMillis() : 0);
    return in.read(target, offset, length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  private int remainingMillis() throws SocketTimeoutException {
    long millis = Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
    if (millis <= 0) {
      throw new SocketTimeoutException("The peer took too long");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }
}
