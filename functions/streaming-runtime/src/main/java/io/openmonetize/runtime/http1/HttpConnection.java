package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.net.Socket;

/** The client's end of a connection that is already made, TLS or not. */
public final class HttpConnection implements AutoCloseable {
  private final Socket socket;
  private final HttpReader reader;
  private final HttpWriter writer;

  public HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    // Without it a small chunk waits for the acknowledgement of the one before, up to 40 ms.
    socket.setTcpNoDelay(true);
    this.reader = new HttpReader(socket.getInputStream());
    this.writer = new HttpWriter(socket.getOutputStream());
  }

  public HttpReader reader() {
    return reader;
  }

  public HttpWriter writer() {
    return writer;
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
