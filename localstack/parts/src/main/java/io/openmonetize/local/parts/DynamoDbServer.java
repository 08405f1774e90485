package io.openmonetize.local.parts;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A DynamoDB server (dynoxide) as a process of its own, which ends with this one however this one
 * ends.
 */
public final class DynamoDbServer implements AutoCloseable {
  private static final int TRIES_FOR_A_PORT = 5;
  private static final int ANSWER_WITHIN_MS = 30_000;

  /**
   * Keeps the server for as long as standard input stays open, which even a killed JVM ends. The
   * terminal's Ctrl-C reaches every process of its group: the server must outlive it, or what is
   * still being booked would be lost.
   */
  private static final String KEEPER =
      """
      trap '' INT
      exec 3<&0
      if command -v setsid >/dev/null; then setsid "$@" & else "$@" & fi
      server=$!
      { read -r _ <&3; kill "$server" 2>/dev/null; } >/dev/null 2>&1 &
      watch=$!
      wait "$server"
      status=$?
      kill "$watch" 2>/dev/null
      exit "$status"
      """;

  private final URI endpoint;
  private final Process process;

  private DynamoDbServer(URI endpoint, Process process) {
    this.endpoint = endpoint;
    this.process = process;
  }

  /** In memory, on a free port. */
  public static DynamoDbServer start() {
    return start(null, 0);
  }

  /**
   * @param dataFile where tables are kept; null keeps them in memory only
   * @param port 0 for any free one
   * @throws LocalPartException when the server is not there or can't start, such as on a port that
   *     is taken
   */
  public static DynamoDbServer start(@Nullable Path dataFile, int port) {
    return start(DynoxideBinary.find(), dataFile, port);
  }

  /**
   * @param binary as found by {@link DynoxideBinary}
   */
  public static DynamoDbServer start(Path binary, @Nullable Path dataFile, int port) {
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce(binary, dataFile, port == 0 ? Ports.findFree() : port);
      } catch (IOException e) {
        if (port != 0 || attempt == TRIES_FOR_A_PORT) {
          throw new LocalPartException("the DynamoDB server could not start: " + e.getMessage(), e);
        }
      }
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /** A new client of this server; the caller closes it. */
  public DynamoDbClient client() {
    return LocalClients.client(DynamoDbClient.builder(), endpoint);
  }

  /** The process id of the server's keeper, whose end is the server's end. */
  public long pid() {
    return process.pid();
  }

  /** Ends the server and waits for that. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The keeper is gone already, and the server with it.
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static DynamoDbServer startOnce(Path binary, @Nullable Path dataFile, int port)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", KEEPER, "dynoxide"));
    command.addAll(List.of(binary.toString(), "serve", "--port", Integer.toString(port)));
    if (dataFile != null) {
      command.addAll(List.of("--db-path", dataFile.toAbsolutePath().toString()));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var server = new DynamoDbServer(URI.create("http://127.0.0.1:" + port), process);
    try {
      BufferedReader output = process.inputReader();
      awaitListening(output);
      Thread.ofVirtual().name("dynoxide-output").start(() -> discard(output));
      server.awaitAnswer();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static void awaitListening(BufferedReader output) throws IOException {
    String last = "it ended without a word";
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains("listening on")) {
        return;
      }
      last = line;
    }
    throw new IOException(last);
  }

  /** The line that it listens comes a moment before it does. */
  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_WITHIN_MS);
    while (true) {
      try {
        var connection = (HttpURLConnection) endpoint.toURL().openConnection();
        connection.setReadTimeout(ANSWER_WITHIN_MS);
        connection.getResponseCode();
        connection.disconnect();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw e;
        }
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the server was starting", e);
      }
    }
  }

  private static void discard(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // It must be read, or the server would one day wait for room in the pipe.
      }
    } catch (IOException e) {
      // The pipe ends with the server.
    }
  }
}
