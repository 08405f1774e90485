package io.openmonetize.bench.worker;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A store that takes every transaction at once and keeps nothing, over HTTP on loopback, as a
 * process of its own: what remains is the worker's own work and its connection. Ends when its
 * standard input does.
 */
final class InstantStore {
  private static final byte[] TAKEN =
      """
      HTTP/1.1 200 OK\r
      content-type: application/x-amz-json-1.0\r
      x-amzn-requestid: 00000000-0000-0000-0000-000000000000\r
      content-length: 2\r
      \r
      {}\
      """
          .getBytes(StandardCharsets.US_ASCII);

  private static final String LENGTH = "content-length:";

  private InstantStore() {}

  public static void main(String[] arguments) throws IOException {
    ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(server));
    System.out.println(server.getLocalPort());
    while (System.in.read() >= 0) {
      // It lives as long as who started it.
    }
    System.exit(0);
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        Socket connection = server.accept();
        connection.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      System.err.println("the store ended: " + e);
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16);
      while (true) {
        int length = bodyLength(in);
        if (length < 0) {
          return;
        }
        in.skipNBytes(length);
        connection.getOutputStream().write(TAKEN);
      }
    } catch (IOException e) {
      System.err.println("a connection of the store ended: " + e);
    }
  }

  /** Reads a request's head; -1 at the connection's end. */
  private static int bodyLength(InputStream in) throws IOException {
    int length = 0;
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next != '\n') {
        line.append((char) next);
        continue;
      }
      String header = line.toString().strip().toLowerCase(Locale.ROOT);
      line.setLength(0);
      if (header.isEmpty()) {
        return length;
      }
      if (header.startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    return -1;
  }

  /** The port that the process says it has. */
  static int port(BufferedReader said) throws IOException {
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the store said no port");
    }
    return Integer.parseInt(line);
  }
}
