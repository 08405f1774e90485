package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class LateChangesTest extends StoreTest {
  private static final LocalDate DAY = LocalDate.parse("2026-07-01");
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final Instant IN_TIME = Instant.parse("2026-07-02T00:59:59Z");
  private static final Instant LATE = Instant.parse("2026-07-02T01:00:00Z");

  private LateChanges late;

  @BeforeEach
  void createReader() {
    late = new LateChanges(dynamoDb, tables.usage(), LAYOUT);
  }

  @Test
  void put_beforeTheDayIsClosed_isNotLate() {
    put(0, event("e1", "acme", NOON, "1", IN_TIME));

    assertThat(ofAll()).isEmpty();
    assertThat(ofCustomer("acme")).isEmpty();
  }

  @Test
  void put_afterTheDayIsClosed_isCountedForAllAndForTheCustomer() {
    put(0, event("e1", "acme", NOON, "0.5", LATE), event("e2", "acme", NOON, "0.25", LATE));
    put(3, event("e3", "globex", NOON, "2", LATE.plusSeconds(9)));

    assertThat(ofAll()).containsExactly(day(3, 3, "2.75", LATE.plusSeconds(9)));
    assertThat(ofCustomer("acme")).containsExactly(day(2, 2, "0.75", LATE));
    assertThat(ofCustomer("globex")).containsExactly(day(1, 1, "2", LATE.plusSeconds(9)));
  }

  @Test
  void replace_otherCost_isOneChangeWithTheNetCost() {
    put(1, event("e1", "acme", NOON, "0.5", IN_TIME));

    replace(event("e1", "acme", NOON, "0.2", LATE));

    assertThat(ofAll()).containsExactly(day(1, 0, "-0.3", LATE));
    assertThat(ofCustomer("acme")).containsExactly(day(1, 0, "-0.3", LATE));
  }

  @Test
  void replace_thatMovesNoSum_isNoChangeOfTheDay() {
    put(1, event("e1", "acme", NOON, "0.5", IN_TIME));

    replace(event("e1", "acme", NOON, "0.5", LATE));

    assertThat(ofAll()).isEmpty();
  }

  @Test
  void replaceByMark_afterTheDayIsClosed_takesTheEventOut() {
    put(0, event("e1", "acme", NOON, "0.5", IN_TIME));
    LedgerChange change = new LedgerChange(tables.usage(), LAYOUT, 0);
    change.replaceByMark(entry("e1"), LATE);
    carryOut(change);

    assertThat(ofAll()).containsExactly(day(1, -1, "-0.5", LATE));
  }

  @Test
  void list_range_holdsItsDaysOnlyAndInOrder() {
    Instant later = Instant.parse("2026-08-01T00:00:00Z");
    for (int day = 5; day > 0; day--) {
      put(day % 4, event("e" + day, "acme", NOON.plusSeconds(day * 86_400L), "1", later));
    }

    assertThat(late.list(null, DAY.plusDays(2), DAY.plusDays(4)))
        .extracting(LateChanges.Day::day)
        .containsExactly(DAY.plusDays(2), DAY.plusDays(3));
    assertThat(late.list("acme", DAY.plusDays(2), DAY.plusDays(2))).isEmpty();
  }

  @Test
  void put_withRetention_expiresWithAnHourToSpare() {
    LedgerChange change = new LedgerChange(tables.usage(), LAYOUT, 0, new Retention(30));
    change.put(event("e1", "acme", NOON, "1", IN_TIME));
    change.mark(LedgerEntry.keyOfCall("acme", "r1"), IN_TIME);
    carryOut(change);

    long month = 30 * 86_400L;
    assertThat(item("e1").get("ttl").n())
        .isEqualTo(Long.toString(NOON.getEpochSecond() + month + 3600));
    assertThat(item("r1").get("ttl").n())
        .isEqualTo(Long.toString(IN_TIME.getEpochSecond() + month + 3600));
  }

  @Test
  void replace_withoutRetention_keepsTheTimeAtWhichTheEventExpires() {
    LedgerChange change = new LedgerChange(tables.usage(), LAYOUT, 0, new Retention(30));
    change.put(event("e1", "acme", NOON, "1", IN_TIME));
    carryOut(change);
    AttributeValue ttl = item("e1").get("ttl");

    replace(event("e1", "acme", NOON, "2", LATE));

    assertThat(item("e1").get("ttl")).isEqualTo(ttl);
    assertThat(item("e1", "WAS#0").get("ttl")).isEqualTo(ttl);
  }

  @Test
  void replace_retentionSetMeanwhile_keepsTheEventForEverWithItsHistory() {
    LedgerChange change = new LedgerChange(tables.usage(), LAYOUT, 0);
    change.put(event("e1", "acme", NOON, "1", IN_TIME));
    carryOut(change);

    LedgerChange later = new LedgerChange(tables.usage(), LAYOUT, 0, new Retention(30));
    later.replace(entry("e1"), event("e1", "acme", NOON, "2", LATE));
    carryOut(later);

    assertThat(item("e1")).doesNotContainKey("ttl");
    assertThat(item("e1", "WAS#0")).doesNotContainKey("ttl");
  }

  @Test
  void sumsAndLateChanges_withRetention_areKeptForEver() {
    LedgerChange change = new LedgerChange(tables.usage(), LAYOUT, 0, new Retention(30));
    change.put(event("e1", "acme", NOON, "1", LATE));
    carryOut(change);

    assertThat(dynamoDb.scanPaginator(s -> s.tableName(tables.usage())).items())
        .filteredOn(item -> !item.get("pk").s().startsWith("EVENT#"))
        .isNotEmpty()
        .noneMatch(item -> item.containsKey("ttl"));
  }

  private List<LateChanges.Day> ofAll() {
    return late.list(null, DAY, DAY.plusDays(1));
  }

  private List<LateChanges.Day> ofCustomer(String customerId) {
    return late.list(customerId, DAY, DAY.plusDays(1));
  }

  private static LateChanges.Day day(long changes, long events, String usd, Instant at) {
    return new LateChanges.Day(DAY, changes, events, new BigDecimal(usd), at);
  }

  private void put(int shard, StoredEvent... events) {
    LedgerChange change = new LedgerChange(tables.usage(), LAYOUT, shard);
    for (StoredEvent stored : events) {
      change.put(stored);
    }
    carryOut(change);
  }

  private void replace(StoredEvent better) {
    LedgerChange change = new LedgerChange(tables.usage(), LAYOUT, 0);
    change.replace(entry(better.event().eventId()), better);
    carryOut(change);
  }

  private void carryOut(LedgerChange change) {
    dynamoDb.transactWriteItems(t -> t.transactItems(change.actions()));
  }

  private LedgerEntry.Event entry(String eventId) {
    return (LedgerEntry.Event) LedgerEntry.of(item(eventId));
  }

  private Map<String, AttributeValue> item(String eventId) {
    return item(eventId, EventKey.SORT);
  }

  private Map<String, AttributeValue> item(String eventId, String sort) {
    return dynamoDb
        .getItem(
            g ->
                g.tableName(tables.usage())
                    .key(
                        Map.of(
                            "pk",
                            AttributeValue.fromS(
                                LedgerEntry.keyOfCall("acme", eventId).partition()),
                            "sk",
                            AttributeValue.fromS(sort))))
        .item();
  }

  private static StoredEvent event(
      String id, String customerId, Instant time, String usd, Instant bookedAt) {
    UsageLine line = new UsageLine("claude-sonnet-4-5", TokenCounts.of(TokenClass.INPUT, 10));
    UsageEvent event =
        new UsageEvent(
            id,
            new EventIdentity.ById(id),
            EventType.TOKEN_USAGE,
            time,
            Source.PROXY,
            "dev",
            null,
            new Attribution(customerId, "user", null, "chat", null),
            Provider.ANTHROPIC,
            "claude-sonnet-4-5",
            null,
            "messages",
            true,
            new Usage(UsageStatus.EXACT, null, PricingTerms.UNSAID, List.of(line), null),
            Call.REPORTED);
    return new StoredEvent(event, new Cost.Priced(new BigDecimal(usd), "book"), bookedAt);
  }
}
