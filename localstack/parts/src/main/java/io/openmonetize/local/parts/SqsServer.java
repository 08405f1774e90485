package io.openmonetize.local.parts;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.Terminated;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import org.jspecify.annotations.Nullable;
import scala.Function0;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An SQS server in this process (ElasticMQ), with empty queues or with those of a folder. A process
 * can serve one folder only: the server keeps its database connections for ever.
 */
public final class SqsServer implements AutoCloseable {
  private static final int TRIES_FOR_A_PORT = 5;
  private static final String FILE = "queues";

  /**
   * By itself H2 writes up to a second after a commit, so that a killed process would lose what it
   * had accepted, and closes at the first sign of a shutdown, before the queue's users have ended.
   */
  private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  private static final Duration RESTORED_WITHIN = Duration.ofSeconds(10);

  private final URI endpoint;
  private final Function0<Terminated> stop;

  private SqsServer(URI endpoint, Function0<Terminated> stop) {
    this.endpoint = endpoint;
    this.stop = stop;
  }

  /** In memory, on a free port. */
  public static SqsServer start() {
    return start(null, 0);
  }

  /**
   * @param folder where queues and messages are kept; null keeps them in memory only
   * @param port 0 for any free one
   * @throws LocalPartException when the server can't start, such as on a port that is taken
   */
  public static SqsServer start(@Nullable Path folder, int port) {
    boolean usedBefore = folder != null && Files.exists(folder.resolve(FILE + ".mv.db"));
    for (int attempt = 1; ; attempt++) {
      int bound = port == 0 ? Ports.findFree() : port;
      try {
        Function0<Terminated> stop =
            new ElasticMQServer(new ElasticMQServerConfig(configuration(folder, bound))).start();
        SqsServer server = new SqsServer(URI.create("http://127.0.0.1:" + bound), stop);
        if (usedBefore) {
          server.awaitQueues();
        }
        return server;
      } catch (Exception e) {
        if (port == 0 && attempt < TRIES_FOR_A_PORT && isBind(e)) {
          continue;
        }
        throw new LocalPartException("the SQS server could not start on port " + bound, e);
      }
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /** A new client of this server; the caller closes it. */
  public SqsClient client() {
    return LocalClients.client(SqsClient.builder(), endpoint);
  }

  @Override
  public void close() {
    stop.apply();
  }

  /**
   * The server listens before it has its kept queues back. Whoever asked at once would be told that
   * there is no such queue, or make an empty one in its place. A folder without any queue costs the
   * whole wait, once.
   */
  private void awaitQueues() throws InterruptedException {
    long deadline = System.nanoTime() + RESTORED_WITHIN.toNanos();
    try (SqsClient client = client()) {
      while (client.listQueues().queueUrls().isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
    }
  }

  private static Config configuration(@Nullable Path folder, int port) {
    var settings =
        new HashMap<String, Object>(
            Map.of(
                "rest-sqs.bind-hostname", "127.0.0.1",
                "rest-sqs.bind-port", port,
                // Queue URLs carry the host and port by which the client called.
                "node-address.host", "*",
                "aws.region", "us-east-1"));
    if (folder != null) {
      settings.put("messages-storage.enabled", true);
      settings.put(
          "messages-storage.uri", "jdbc:h2:" + folder.toAbsolutePath().resolve(FILE) + OPTIONS);
      settings.put("messages-storage.username", "sa");
    }
    return ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load());
  }

  private static boolean isBind(@Nullable Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}
