package io.openmonetize.http;

import io.openmonetize.runtime.http1.BodyInput;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpReader;
import io.openmonetize.runtime.http1.HttpWriter;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection over a plain socket. */
final class SocketConnection implements ClientConnection {
  private final Origin origin;
  private final Socket socket;
  private final InputStream input;
  private final HttpReader reader;
  private final HttpWriter writer;
  private boolean toHead;
  private long sentNanos;
  private @Nullable IOException unsent;
  private Headers answered = Headers.NONE;
  private @Nullable BodyInput body;

  SocketConnection(Origin origin, Socket socket) throws IOException {
    // Without it a small request waits for the acknowledgement of the one before, up to 40 ms.
    socket.setTcpNoDelay(true);
    this.origin = origin;
    this.socket = socket;
    this.input = socket.getInputStream();
    this.reader = new HttpReader(input);
    this.writer = new HttpWriter(socket.getOutputStream());
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void send(RequestHead head, byte[] content) {
    toHead = head.method().equals("HEAD");
    body = null;
    unsent = null;
    try {
      writer.request(head, content);
    } catch (IOException e) {
      unsent = e;
    }
    sentNanos = System.nanoTime();
  }

  @Override
  public void awaitByte() throws IOException {
    if (!reader.awaitByte()) {
      throw unsent == null ? new EOFException("The peer closed without an answer") : unsent;
    }
  }

  @Override
  public ResponseHead responseHead() throws IOException {
    ResponseHead head = reader.responseHead();
    while (head.status() < 200) {
      head = reader.responseHead();
    }
    answered = head.headers();
    body = reader.responseBody(head, toHead);
    return head;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (body == null) {
      throw new IllegalStateException("The head was not read");
    }
    return body.read(target, offset, length);
  }

  @Override
  public boolean endKnown() {
    try {
      return body != null && body.endKnown();
    } catch (IOException e) {
      // The next read says the same.
      return false;
    }
  }

  @Override
  public Duration sinceSent() {
    return unsent == null ? Duration.ofNanos(System.nanoTime() - sentNanos) : Duration.ZERO;
  }

  /** Without a length or chunks the body was ended by the end of the connection. */
  @Override
  public boolean isReusable() {
    boolean framed = answered.contains("content-length") || answered.contains("transfer-encoding");
    return unsent == null
        && body != null
        && body.complete()
        && framed
        && reader.keepAlive(answered);
  }

  @Override
  public boolean isQuiet() {
    try {
      return reader.buffered() == 0 && input.available() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void drop() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
