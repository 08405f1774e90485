package io.openmonetize.proxy.rehearsal;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.keys.KeyText;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.Responder;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One call for each provider through a proxy of its own: the real code from the event to the
 * message for the queue, with settings, key table, queue and providers made up here. Nothing of it
 * can leave the process or be booked: it is given no connection, no log and none of the function's
 * settings.
 */
public final class Rehearsal {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String NOWHERE = "http://rehearsal.invalid";
  private static final Environment SETTINGS =
      new Environment(
          Map.of(
              "OM_STAGE", "dev",
              "OM_CONTROL_TABLE", "rehearsal",
              "OM_USAGE_QUEUE_URL", NOWHERE + "/0/rehearsal",
              "OM_DYNAMODB_ENDPOINT", NOWHERE,
              "OM_SQS_ENDPOINT", NOWHERE,
              "ANTHROPIC_BASE_URL", NOWHERE,
              "OPENAI_BASE_URL", NOWHERE,
              "GEMINI_BASE_URL", NOWHERE));

  private Rehearsal() {}

  /**
   * What came of it, for tests.
   *
   * @param answered calls whose answer was well and had an end
   * @param lookUps of the made-up key table
   * @param messages that the made-up queue was sent: two a call
   */
  public record Outcome(int answered, int lookUps, int messages) {}

  public static Outcome run(Assembly assembly, Clock clock) {
    String key = KeyText.random("dev", new SecureRandom()).reveal();
    ScriptedAws aws = new ScriptedAws("dev");
    AwsClients clients = new AwsClients(SETTINGS, _ -> aws);
    DiscardingResponder caller = new DiscardingResponder();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (DynamoDbClient dynamoDb = clients.dynamoDb(DEADLINE);
        SqsClient sqs = clients.sqs(DEADLINE)) {
      BiConsumer<Invocation, Responder> proxy =
          assembly.over(
              SETTINGS, dynamoDb, sqs, new ScriptedUpstream(), Log.to(nowhere, Log.Level.ERROR));
      Instant deadline = clock.instant().plus(DEADLINE);
      for (Script script : Script.all()) {
        proxy.accept(new Invocation("rehearsal", deadline, null, null, script.event(key)), caller);
      }
    }
    return new Outcome(caller.answered(), aws.lookUps(), aws.messages());
  }
}
