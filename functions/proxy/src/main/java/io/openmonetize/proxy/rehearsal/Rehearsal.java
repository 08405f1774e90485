package io.openmonetize.proxy.rehearsal;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.events.Provider;
import io.openmonetize.http.Origin;
import io.openmonetize.keys.KeyText;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.upstream.PooledUpstream;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.Responder;
import java.io.OutputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One call through a proxy of its own: the real code from the event to the message for the queue,
 * with settings, key table, queue and providers made up here. Nothing of it can leave the process
 * or be booked: it is given no connection, no log and none of the function's settings.
 */
public final class Rehearsal {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String AWS = "http://" + ScriptedNetwork.AWS;
  private static final URI OPENAI = URI.create("http://openai.invalid");

  private static final Environment SETTINGS =
      new Environment(
          Map.of(
              "OM_STAGE",
              "dev",
              "OM_CONTROL_TABLE",
              "rehearsal",
              "OM_USAGE_QUEUE_URL",
              AWS + "/0/rehearsal",
              "OM_DYNAMODB_ENDPOINT",
              AWS,
              "OM_SQS_ENDPOINT",
              AWS));

  private Rehearsal() {}

  /**
   * What came of it, for tests.
   *
   * @param answered calls whose answer was well and had an end
   * @param lookUps of the made-up key table
   * @param messages that the made-up queue was sent
   */
  public record Outcome(int answered, int lookUps, int messages) {}

  public static Outcome run(Assembly assembly, Clock clock) {
    String key = KeyText.random("dev", new SecureRandom()).reveal();
    ScriptedAws aws = new ScriptedAws("dev");
    ScriptedNetwork network = new ScriptedNetwork(aws);
    AwsClients clients = new AwsClients(SETTINGS, network);
    DiscardingResponder caller = new DiscardingResponder();
    Log silent = new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, clock);
    try (DynamoDbClient dynamoDb = clients.dynamoDb(DEADLINE);
        SqsClient sqs = clients.sqs(DEADLINE);
        PooledUpstream upstream = upstream(network, clock, silent)) {
      BiConsumer<Invocation, Responder> proxy =
          assembly.over(SETTINGS, dynamoDb, sqs, upstream, silent);
      Instant deadline = clock.instant().plus(DEADLINE);
      byte[] event = Script.CALL.event(key);
      proxy.accept(new Invocation("rehearsal", deadline, null, null, event), caller);
    }
    return new Outcome(caller.answered(), aws.lookUps(), aws.messages());
  }

  private static PooledUpstream upstream(ScriptedNetwork network, Clock clock, Log log) {
    Map<Provider, Origin> origins = Map.of(Provider.OPENAI, Origin.of(OPENAI));
    return new PooledUpstream(origins, network, 1, DEADLINE, clock, log);
  }
}
