package io.openmonetize.local.parts;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.CreateQueueMetadata;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.List$;
import scala.util.Either;
import scalikejdbc.ConnectionPool;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An SQS server in this process (ElasticMQ), with empty queues or with those of a folder.
 *
 * <p>Its parts are put together here since ElasticMQ's own {@code ElasticMQServer} listens before
 * it has read its queues: a client that comes early finds none, and makes a second one of that
 * name.
 */
public final class SqsServer implements AutoCloseable {
  /**
   * By itself H2 writes up to a second after a commit, so that a killed process would lose what it
   * had accepted, and closes at the first sign of a shutdown, before the queue's users have ended.
   */
  private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  private static final String USER = "sa";
  private static final Duration READ_WITHIN = Duration.ofSeconds(60);
  private static final Duration END_WITHIN = Duration.ofSeconds(20);

  private final ActorSystem actors;
  private final SQSRestServer server;
  private final URI endpoint;

  private SqsServer(ActorSystem actors, SQSRestServer server) {
    this.actors = actors;
    this.server = server;
    this.endpoint =
        URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
  }

  /** In memory, on a free port. */
  public static SqsServer start() {
    return start(null, 0);
  }

  /**
   * @param folder where queues and messages are kept; null keeps them in memory only. One server of
   *     a process can have a folder at a time: ElasticMQ knows but one database
   * @param port 0 for any free one
   * @throws LocalPartException when the server can't start, such as on a port that is taken
   */
  public static SqsServer start(@Nullable Path folder, int port) {
    ActorSystem actors = ActorSystem.create("elasticmq");
    String database =
        folder == null ? null : "jdbc:h2:" + folder.toAbsolutePath().resolve("queues") + OPTIONS;
    try {
      return start(actors, database, port);
    } catch (Exception e) {
      // Scala throws checked exceptions undeclared, such as that of a failed bind.
      end(actors);
      throw new LocalPartException("the SQS server could not start on port " + port, e);
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
    server.stopAndWait();
    end(actors);
  }

  private static SqsServer start(ActorSystem actors, @Nullable String database, int port)
      throws ExecutionException, InterruptedException, TimeoutException {
    ActorRef kept = database == null ? null : keeper(actors, database);
    ActorRef queues =
        actors.actorOf(
            Props.create(
                QueueManagerActor.class,
                () ->
                    new QueueManagerActor(
                        new NowProvider(), StrictSQSLimits$.MODULE$, Option.apply(kept))));
    if (kept != null) {
      read(kept, queues);
      if (!ConnectionPool.get(ConnectionPool.DEFAULT_NAME()).url().equals(database)) {
        throw new IllegalStateException("this process has the queues of another folder open");
      }
    }
    TheSQSRestServerBuilder builder =
        SQSRestServerBuilder.withActorSystem(actors)
            .withQueueManagerActor(queues)
            .withInterface("127.0.0.1")
            // Zero stands for any free one; queue URLs then carry the one that was found.
            .withDynamicPort()
            .withPort(port)
            .withAWSRegion("us-east-1");
    return new SqsServer(
        actors, (kept == null ? builder : builder.withQueueEventListener(kept)).start());
  }

  private static ActorRef keeper(ActorSystem actors, String database) {
    var config = new SqlQueuePersistenceConfig(true, "org.h2.Driver", database, USER, "", false);
    return actors.actorOf(
        Props.create(
            SqlQueuePersistenceActor.class,
            () -> new SqlQueuePersistenceActor(config, noQueues())));
  }

  private static scala.collection.immutable.List<CreateQueueMetadata> noQueues() {
    return List$.MODULE$.empty();
  }

  private static void read(ActorRef kept, ActorRef queues)
      throws ExecutionException, InterruptedException, TimeoutException {
    Object answer =
        Patterns.ask(kept, new QueueEvent.Restore(queues), READ_WITHIN)
            .toCompletableFuture()
            .get(READ_WITHIN.toSeconds(), TimeUnit.SECONDS);
    if (answer instanceof Either<?, ?> either && either.isLeft()) {
      throw new IllegalStateException("the kept queues could not be read");
    }
  }

  private static void end(ActorSystem actors) {
    actors.terminate();
    try {
      actors
          .getWhenTerminated()
          .toCompletableFuture()
          .get(END_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new LocalPartException("the SQS server did not end", e);
    }
  }
}
