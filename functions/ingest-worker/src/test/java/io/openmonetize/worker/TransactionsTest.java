package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  @Test
  void cut_fewEventsOfManyCustomers_areBookedTogether() {
    List<StoredEvent> events = new ArrayList<>();
    for (int customer = 0; customer < 50; customer++) {
      events.add(event(PricedCalls.of(PricedCalls.KNOWN).customer("c" + customer), customer));
    }

    List<List<StoredEvent>> lists = Transactions.cut(events, _ -> 1);

    assertThat(lists).hasSizeLessThan(10);
    assertThat(lists).allSatisfy(TransactionsTest::fits);
    assertThat(lists.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  void cut_customersOfAllSizes_eachListFitsAndNoneIsLost() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<StoredEvent> events = new ArrayList<>();
      for (int customer = 0; customer < 12; customer++) {
        int of = random.nextInt(1, 80);
        for (int i = 0; i < of; i++) {
          PricedCalls call =
              PricedCalls.of(random.nextBoolean() ? PricedCalls.KNOWN : PricedCalls.NEW)
                  .customer("c" + customer)
                  .user("u" + random.nextInt(1 + customer))
                  .at(PricedCalls.NOON.plusSeconds(random.nextInt(90_000)));
          events.add(event(call, events.size()));
        }
      }
      Collections.shuffle(events, random);

      List<List<StoredEvent>> lists = Transactions.cut(events, _ -> 1);

      assertThat(lists).allSatisfy(TransactionsTest::fits);
      assertThat(lists.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(events);
    }
  }

  private static void fits(List<StoredEvent> together) {
    LedgerChange change = new LedgerChange("usage", UsageLayout.DEFAULT, 0);
    together.forEach(change::put);
    assertThat(change.actions()).hasSizeLessThanOrEqualTo(Transactions.ACTIONS_AT_MOST);
  }

  private static StoredEvent event(PricedCalls call, int number) {
    return new StoredEvent(
        call.event("event-" + number),
        new Cost.Priced(BigDecimal.ONE, "book"),
        call.time().plusSeconds(1));
  }
}
