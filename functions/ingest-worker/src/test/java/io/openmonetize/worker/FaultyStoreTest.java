package io.openmonetize.worker;

import io.openmonetize.worker.FaultyStore.Fault;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Transactions fail as planned, and whatever a test does, the law of the ledger must hold. */
abstract class FaultyStoreTest extends StoreTest {
  /** What becomes of the next transactions, one each; the rest go through. */
  final Queue<Fault> planned = new ConcurrentLinkedQueue<>();

  /** Of the store that fails; {@link #direct} sees it as it is. */
  DynamoDbClient client;

  Ledger ledger;
  private FaultyStore store;

  @BeforeEach
  void openLedger() throws IOException {
    store =
        new FaultyStore(
            server.endpoint(),
            () -> {
              Fault fault = planned.poll();
              return fault == null ? Fault.NONE : fault;
            });
    client = StoreClients.of(store.endpoint());
    ledger = new Ledger(Ledgers.booking(client, table));
  }

  @AfterEach
  void checkTheLawAndClose() {
    LedgerAudit.check(direct, table);
    client.close();
    store.close();
  }
}
