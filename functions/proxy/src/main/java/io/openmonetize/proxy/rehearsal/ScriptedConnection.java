package io.openmonetize.proxy.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openmonetize.http.ClientConnection;
import io.openmonetize.http.Origin;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that has no other end but a script. */
final class ScriptedConnection implements ClientConnection {
  private final Origin origin;
  private final Counterpart counterpart;
  private String contentType = "";
  private Iterator<String> pieces = List.<String>of().iterator();
  private @Nullable IOException failure;

  /** The other end. */
  @FunctionalInterface
  interface Counterpart {
    ScriptedNetwork.Answer answer(Origin origin, RequestHead head, byte[] body) throws IOException;
  }

  ScriptedConnection(Origin origin, Counterpart counterpart) {
    this.origin = origin;
    this.counterpart = counterpart;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void send(RequestHead head, byte[] body) {
    try {
      ScriptedNetwork.Answer answer = counterpart.answer(origin, head, body);
      contentType = answer.contentType();
      pieces = answer.pieces().iterator();
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void awaitByte() throws IOException {
    if (failure != null) {
      throw new EOFException(failure.getMessage());
    }
  }

  @Override
  public ResponseHead responseHead() {
    return new ResponseHead(
        200, "OK", Headers.of("content-type", contentType, "transfer-encoding", "chunked"));
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (!pieces.hasNext()) {
      return -1;
    }
    byte[] piece = pieces.next().getBytes(UTF_8);
    System.arraycopy(piece, 0, target, offset, piece.length);
    return piece.length;
  }

  @Override
  public boolean endKnown() {
    return !pieces.hasNext();
  }

  @Override
  public Duration sinceSent() {
    return Duration.ZERO;
  }

  @Override
  public boolean isReusable() {
    return true;
  }

  @Override
  public boolean isQuiet() {
    return true;
  }

  @Override
  public void drop() {
    pieces = List.<String>of().iterator();
  }
}
