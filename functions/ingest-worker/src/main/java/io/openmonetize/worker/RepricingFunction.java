package io.openmonetize.worker;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.PayloadHandler;
import io.openmonetize.storage.MoveState;
import io.openmonetize.storage.RepricingState;
import io.openmonetize.storage.RollupReader;
import io.openmonetize.storage.UsageLayout;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The handler behind the daily schedule: moves what an earlier version of the ledger booked to
 * where events are counted now, and prices again what had no price, when the price book is another
 * one than the last time. What it cannot finish in its time the next day's call goes on with.
 */
public final class RepricingFunction implements PayloadHandler {
  private static final Duration STORE_ANSWERS_WITHIN = Duration.ofSeconds(10);

  private static final byte[] DONE = "\"done\"".getBytes(StandardCharsets.UTF_8);

  private final Clock clock;
  private final MovingOver moving;
  private final Repricing repricing;

  /**
   * @param environment {@code OM_USAGE_TABLE} names the table, {@code OM_PRICE_OVERRIDES} a file of
   *     the operator's own prices, if any
   */
  public RepricingFunction(Environment environment, Clock clock, Log log) {
    DynamoDbClient dynamoDb = new AwsClients(environment).dynamoDb(STORE_ANSWERS_WITHIN);
    String table = environment.require("OM_USAGE_TABLE");
    UsageLayout layout = UsageLayout.of(environment);
    PriceBook book = PriceBook.of(environment);
    Rerating rerating = new Rerating(dynamoDb, table, layout, book, clock, new Random());
    this.clock = clock;
    this.moving = new MovingOver(new MoveState(dynamoDb, table), rerating, log);
    this.repricing =
        new Repricing(
            new RollupReader(dynamoDb, table, layout),
            new RepricingState(dynamoDb, table),
            rerating,
            book,
            clock,
            log);
  }

  /** What the schedule says of itself is of no interest. */
  @Override
  public byte[] answer(Invocation invocation) {
    run(TimeLeft.until(invocation.deadline(), clock));
    return DONE.clone();
  }

  /** Goes on until the time is over. */
  public void run(TimeLeft timeLeft) {
    moving.run(timeLeft);
    repricing.run(timeLeft);
  }
}
