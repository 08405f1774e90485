package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.keys.Scope;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.EventId;
import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.LedgerEntry;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(DynamoDbExtension.class)
class EventDetailTest {
  private final QuerySystem system;
  private final String key;

  EventDetailTest(QuerySystem system) {
    this.system = system;
    this.key = system.addKey(Scope.READ);
  }

  @Test
  void get_idOfTheList_isTheEventWithItsPrice() {
    system.book(TestEvents.event("evt-1").stored());
    JsonNode listed = system.get("/v1/events").bearer(key).send().data().get(0);

    JsonNode event = get(listed.path("id").asText()).data();

    listed
        .properties()
        .forEach(field -> assertThat(event.path(field.getKey())).isEqualTo(field.getValue()));
    assertThat(event.path("history")).isEmpty();
    JsonNode lines = event.at("/price/lines");
    assertThat(lines).isNotEmpty();
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : lines) {
      sum = sum.add(new BigDecimal(line.path("usd").asText()));
    }
    assertThat(sum).isEqualByComparingTo(event.at("/price/cost_usd").asText());
  }

  @Test
  void get_eventThatWasReplaced_saysWhatWasBefore() {
    StoredEvent event = TestEvents.event("evt-1").stored();
    system.book(event);
    LedgerEntry.Event there = new LedgerEntry.Event(event, 0, 0, item(event));
    LedgerChange change = new LedgerChange(system.tables.usage(), UsageLayout.DEFAULT, 0);
    change.replace(
        there,
        new StoredEvent(
            event.event(), new Cost.Priced(new BigDecimal("0.5"), "v2"), QuerySystem.START));
    system.dynamoDb.transactWriteItems(t -> t.transactItems(change.actions()));

    JsonNode detail = get(EventId.of(event.event())).data();

    assertThat(detail.path("cost_usd").asText()).isEqualTo("0.5");
    assertThat(detail.path("history")).hasSize(1);
    assertThat(detail.at("/history/0/cost_usd").asText()).isEqualTo("0.0087");
    assertThat(detail.at("/history/0/replaced_at").asText()).isEqualTo("2026-10-05T12:34:56Z");
  }

  @Test
  void get_anotherCustomersEvent_isNotFoundWithABoundKey() {
    StoredEvent secret = TestEvents.event("secret").customer("globex").stored();
    system.book(secret);
    String bound = system.addKey("dev", "acme", Scope.READ);
    String id = EventId.of(secret.event());

    Reply unasked = system.get("/v1/events/" + id).bearer(bound).send();
    Reply asked = system.get("/v1/events/" + id + "?customer_id=globex").bearer(bound).send();
    Reply wrong = system.get("/v1/events/" + id + "?customer_id=acme").bearer(key).send();

    assertThat(unasked.status()).isEqualTo(404);
    assertThat(unasked.text()).doesNotContain("globex");
    assertThat(asked.status()).isEqualTo(403);
    assertThat(wrong.status()).isEqualTo(404);
    assertThat(get(id).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EVENT",
        "EVENT#acme",
        "EVENT#acme#E",
        "EVENT#acme#E#",
        "EVENT##E#x",
        "EVENT#acme#E#x#y",
        "EVENT#acme#Z#x",
        "EVENT#acme#R#NOBODY#x",
        "EVENT#acme#B#OPENAI#x",
        "EVENT#acme#E#%q",
        "ROLLUP#A#0#D#F#2026-10",
        "KEYS",
        "EVENT#acme#E#none"
      })
  void get_textThatIsNoEventsKey_isNotFound(String text) {
    String id =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));

    assertThat(get(id).status()).isIn(404, 405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "%2e%2e", "=", "RVZFTlQ=", "\u00e4", "RVZFTlQjYWNtZSNFIw"})
  void get_textThatIsNoId_isNotFound(String id) {
    assertThat(get(id).status()).isEqualTo(404);
  }

  @Test
  void get_longerThanAnyKey_isNotFound() {
    String id =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(("EVENT#acme#E#" + "x".repeat(5_000)).getBytes(StandardCharsets.UTF_8));

    assertThat(get(id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "usage_status=exact,1",
    "usage_status=missing,0",
    "cost_status=priced,1",
    "cost_status=unpriced,0",
    "quarantined=false,1",
    "quarantined=true,0"
  })
  void list_newFilters_showWhatMatchesOnly(String query, int events) {
    system.book(TestEvents.event("evt-1").stored());

    assertThat(system.get("/v1/events?" + query).bearer(key).send().data()).hasSize(events);
  }

  private Reply get(String id) {
    return system.get("/v1/events/" + id).bearer(key).send();
  }

  private Map<String, AttributeValue> item(StoredEvent event) {
    return EventItem.write(event, UsageLayout.DEFAULT);
  }
}
