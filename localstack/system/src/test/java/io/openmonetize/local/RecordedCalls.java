package io.openmonetize.local;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Puts calls of a million input tokens each into a store's ledger, by the bundled prices. */
final class RecordedCalls {
  private final DynamoDbClient dynamoDb;

  RecordedCalls(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
    Backends.TABLES.create(dynamoDb);
  }

  void book(String id, String customer, Provider provider, String model, Instant time) {
    UsageLine line = new UsageLine(model, TokenCounts.of(TokenClass.INPUT, 1_000_000));
    UsageEvent event =
        new UsageEvent(
            id,
            new EventIdentity.ById(id),
            EventType.TOKEN_USAGE,
            time,
            Source.SDK,
            "dev",
            null,
            new Attribution(customer, "ann", null, "chat", null),
            provider,
            model,
            null,
            "messages",
            false,
            new Usage(UsageStatus.EXACT, null, PricingTerms.UNSAID, List.of(line), null),
            Call.REPORTED);
    LedgerChange change = new LedgerChange(Backends.TABLES.usage(), UsageLayout.DEFAULT, 0);
    change.put(new StoredEvent(event, PriceBook.bundled().price(event), time));
    dynamoDb.transactWriteItems(t -> t.transactItems(change.actions()));
  }
}
