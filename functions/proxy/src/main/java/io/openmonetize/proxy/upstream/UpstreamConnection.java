package io.openmonetize.proxy.upstream;

import io.openmonetize.runtime.http1.HttpReader;
import io.openmonetize.runtime.http1.HttpWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection to a provider. */
final class UpstreamConnection {
  private final Origin origin;
  private final Socket tcp;
  private final Gate input;
  private final HttpReader reader;
  private final HttpWriter writer;

  /**
   * @param tcp the socket below TLS, or the same one where there is no TLS
   */
  UpstreamConnection(Origin origin, Socket tcp, Socket socket) throws IOException {
    // Without it a small request waits for the acknowledgement of the one before, up to 40 ms.
    tcp.setTcpNoDelay(true);
    this.origin = origin;
    this.tcp = tcp;
    this.input = new Gate(socket.getInputStream());
    this.reader = new HttpReader(input);
    this.writer = new HttpWriter(socket.getOutputStream());
  }

  Origin origin() {
    return origin;
  }

  Socket tcp() {
    return tcp;
  }

  HttpReader reader() {
    return reader;
  }

  HttpWriter writer() {
    return writer;
  }

  /**
   * Whether nothing has come that nobody asked for. Such bytes would be read as the answer to the
   * next request, and be another customer's; over TLS they may also be the peer's goodbye.
   */
  boolean isQuiet() {
    try {
      return !input.holdsBack(reader)
          && input.available() == 0
          && tcp.getInputStream().available() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Without a word to the peer, which may not be listening. */
  void drop() {
    try {
      tcp.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Lets a reader be asked what it has buffered, which it otherwise answers by waiting. */
  private static final class Gate extends FilterInputStream {
    private boolean shut;

    Gate(InputStream in) {
      super(in);
    }

    boolean holdsBack(HttpReader reader) throws IOException {
      shut = true;
      try {
        return reader.awaitByte();
      } catch (SocketTimeoutException e) {
        return false;
      } finally {
        shut = false;
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (shut) {
        throw new SocketTimeoutException("Nothing is buffered");
      }
      return in.read(target, offset, length);
    }
  }
}
