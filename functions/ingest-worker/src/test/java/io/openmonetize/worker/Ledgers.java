package io.openmonetize.worker;

import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.UsageLayout;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Ledgers as the function makes them. */
final class Ledgers {
  private Ledgers() {}

  static Booking booking(DynamoDbClient client, String table) {
    return booking(client, table, IntentDelay.DEFAULT);
  }

  static Booking booking(DynamoDbClient client, String table, IntentDelay delay) {
    return booking(client, table, delay, Retention.FOR_EVER);
  }

  static Booking booking(
      DynamoDbClient client, String table, IntentDelay delay, Retention retention) {
    return new Booking(
        client,
        table,
        UsageLayout.DEFAULT,
        PriceBook.bundled()::price,
        delay,
        retention,
        new Random());
  }
}
