package io.openmonetize.bench.micro;

import io.openmonetize.http.ClientConnection;
import io.openmonetize.http.Origin;
import io.openmonetize.runtime.http1.BodyInput;
import io.openmonetize.runtime.http1.HttpReader;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A provider's answer, read by our own codec from what stood on the wire, a chunk a read. */
final class RecordedConnection implements ClientConnection {
  private final Origin origin;
  private final ResponseHead head;
  private final BodyInput body;

  RecordedConnection(Origin origin, List<byte[]> wire) throws IOException {
    this.origin = origin;
    HttpReader reader = new HttpReader(new Wire(wire));
    this.head = reader.responseHead();
    this.body = reader.responseBody(head, false);
  }

  /** What each read of the connection gives. */
  static List<byte[]> wire(List<byte[]> frames) {
    List<byte[]> wire = new ArrayList<>();
    wire.add(
        ascii(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nrequest-id: req_1\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"));
    for (byte[] frame : frames) {
      ByteArrayOutputStream chunk = new ByteArrayOutputStream();
      chunk.writeBytes(ascii(Integer.toHexString(frame.length) + "\r\n"));
      chunk.writeBytes(frame);
      chunk.writeBytes(ascii("\r\n"));
      wire.add(chunk.toByteArray());
    }
    wire.add(ascii("0\r\n\r\n"));
    return wire;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void send(RequestHead request, byte[] content) {}

  @Override
  public void awaitByte() {}

  @Override
  public ResponseHead responseHead() {
    return head;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return body.read(target, offset, length);
  }

  @Override
  public boolean endKnown() {
    try {
      return body.endKnown();
    } catch (IOException e) {
      throw new IllegalStateException("The record is broken", e);
    }
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

  @Override
  public void drop() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Gives a piece a read, as a socket does when its peer sends slowly. */
  private static final class Wire extends InputStream {
    private final List<byte[]> pieces;
    private int next;

    Wire(List<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (next == pieces.size()) {
        return -1;
      }
      byte[] piece = pieces.get(next++);
      if (piece.length > length) {
        throw new IllegalStateException("a piece is longer than a read");
      }
      System.arraycopy(piece, 0, target, offset, piece.length);
      return piece.length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("the codec reads many bytes at once");
    }
  }
}
