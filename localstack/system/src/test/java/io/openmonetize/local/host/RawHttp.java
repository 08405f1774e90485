package io.openmonetize.local.host;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that writes and reads by the letter and shares nothing with the code under test. */
final class RawHttp implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawHttp(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(60_000);
    in = socket.getInputStream();
  }

  /** Lines are ended by LF here and by CRLF on the wire. */
  RawHttp send(String head, byte[] body) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((head.strip() + "\n\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    all.writeBytes(body);
    socket.getOutputStream().write(all.toByteArray());
    return this;
  }

  RawHttp send(String head) throws IOException {
    return send(head, new byte[0]);
  }

  RawHttp post(String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(
        "POST %s HTTP/1.1\nHost: local\nContent-Type: application/json\nContent-Length: %d"
            .formatted(path, bytes.length),
        bytes);
  }

  RawHttp get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\nHost: local");
  }

  /** Status line and header lines. */
  List<String> head() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    return lines;
  }

  /** The next chunk; empty at the end. */
  byte[] chunk() throws IOException {
    byte[] data = bytes(Integer.parseInt(line(), 16));
    if (!line().isEmpty()) {
      throw new IOException("a chunk is not ended by CRLF");
    }
    return data;
  }

  String chunkText() throws IOException {
    return new String(chunk(), StandardCharsets.UTF_8);
  }

  byte[] bytes(int count) throws IOException {
    byte[] data = in.readNBytes(count);
    if (data.length < count) {
      throw new EOFException("the body is cut");
    }
    return data;
  }

  /** The body of a response whose head says its length. */
  String body(List<String> head) throws IOException {
    for (String line : head) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return new String(
            bytes(Integer.parseInt(line.substring(15).strip())), StandardCharsets.UTF_8);
      }
    }
    throw new IOException("no Content-Length in " + head);
  }

  /** Says that nothing more will be sent. */
  void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Resets the connection, as a process that is killed does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended within a line");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("a line is not ended by CRLF");
    }
    return text.substring(0, text.length() - 1);
  }
}
