package io.openmonetize.proxy;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Transport;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.http.Origin;
import io.openmonetize.keys.KeyLookup;
import io.openmonetize.keys.KeyStoreUnavailableException;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.admission.Admission;
import io.openmonetize.proxy.relay.Readers;
import io.openmonetize.proxy.reply.Health;
import io.openmonetize.proxy.settlement.EventSink;
import io.openmonetize.proxy.settlement.Settler;
import io.openmonetize.proxy.upstream.PooledUpstream;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.InvocationHandler;
import io.openmonetize.runtime.Responder;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.usage.UsageReaders;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The proxy with everything it needs, made from the environment. Serves any number of invocations
 * at once; closing it closes its connections.
 */
public final class ProxyFunction implements InvocationHandler, AutoCloseable {
  /** A caller waits for this look-up; the SDK tries three times. */
  private static final Duration KEY_LOOKUP_WITHIN = Duration.ofSeconds(1);

  /** Three tries are about 3 seconds, after the caller has its last byte. */
  private static final Duration ENQUEUE_WITHIN = Duration.ofMillis(900);

  private final ProxyHandler handler;
  private final List<Runnable> closings;

  private ProxyFunction(ProxyHandler handler, List<Runnable> closings) {
    this.handler = handler;
    this.closings = closings;
  }

  /**
   * @throws ConfigurationException when the environment lacks something
   */
  public static ProxyFunction create(Environment environment, Clock clock, Log log) {
    return create(environment, clock, log, UsageReaders::of);
  }

  /**
   * The same with other readers of usage, as measurements need it.
   *
   * @throws ConfigurationException when the environment lacks something
   */
  public static ProxyFunction create(
      Environment environment, Clock clock, Log log, Readers readers) {
    ProxySettings settings = ProxySettings.of(environment);
    Transport transport = Transport.of(environment);
    AwsClients aws = new AwsClients(environment, transport);
    DynamoDbClient dynamoDb = aws.dynamoDb(KEY_LOOKUP_WITHIN);
    SqsClient sqs = aws.sqs(ENQUEUE_WITHIN);
    KeyTable keys = new KeyTable(dynamoDb, settings.controlTable());
    if (settings.origins().values().stream().anyMatch(Origin::tls)) {
      // Reads some 140 root certificates, which is better done now than in the first call.
      transport.prepareTls();
    }
    PooledUpstream upstream =
        new PooledUpstream(
            settings.origins(),
            transport.connector(settings.connectWithin()),
            settings.idleAtMost(),
            settings.idleLimit(),
            clock,
            log);
    EventSink sink = sink(new UsageQueue(sqs, settings.queueUrl(), log), clock);
    Settler settler =
        new Settler(
            sink, log, clock, settings.intents(), Path.of(System.getProperty("java.io.tmpdir")));
    Map<String, BooleanSupplier> parts =
        Map.of(
            "key_store", () -> answers(keys),
            "usage_queue", () -> answers(sqs, settings.queueUrl()));
    ProxyHandler handler =
        new ProxyHandler(
            new Admission(new KeyVerifier(settings.stage().environment(), keys, clock)),
            new ProxiedCalls(upstream, readers, settler, settings.policy(), clock, log),
            new Health(Version.read(), parts, clock),
            settings.cors(),
            UUID::randomUUID,
            log);
    return new ProxyFunction(
        handler, List.of(upstream::close, sqs::close, dynamoDb::close, transport::close));
  }

  @Override
  public void handle(Invocation invocation, Responder responder) {
    handler.handle(invocation, responder);
  }

  @Override
  public void close() {
    closings.forEach(Runnable::run);
  }

  private static EventSink sink(UsageQueue queue, Clock clock) {
    return new EventSink() {
      @Override
      public void send(QueueMessage message) {
        queue.send(message, clock.instant());
      }

      @Override
      public Set<Integer> sendAll(List<UsageEvent> events) {
        return queue.sendAll(events);
      }
    };
  }

  private static boolean answers(KeyLookup keys) {
    try {
      keys.find("readiness");
      return true;
    } catch (KeyStoreUnavailableException e) {
      return false;
    }
  }

  private static boolean answers(SqsClient sqs, String queueUrl) {
    try {
      sqs.getQueueAttributes(
          ask -> ask.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN));
      return true;
    } catch (SqsException e) {
      // The function needs only to send; that it may not ask shows that somebody is there.
      return e.statusCode() == 403;
    } catch (SdkException e) {
      return false;
    }
  }
}
