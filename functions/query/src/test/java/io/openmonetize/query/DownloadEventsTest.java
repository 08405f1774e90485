package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.keys.Scope;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DynamoDbExtension.class)
class DownloadEventsTest {
  private final QuerySystem system;
  private final String key;

  DownloadEventsTest(QuerySystem system) {
    this.system = system;
    this.key = system.addKey(Scope.READ);
  }

  @Test
  void csv_someEvents_hasNamesAndALineEach() {
    system.book(
        TestEvents.event("evt-1").stored(),
        TestEvents.event("evt-2").feature("=cmd|' /C calc'!A0").customer("a,\"b\"").stored());

    Reply reply = system.get("/v1/events.csv").bearer(key).send();

    assertThat(reply.header("content-type")).startsWith("text/csv");
    assertThat(reply.header("x-om-next-cursor")).isNull();
    String[] lines = reply.text().split("\r\n");
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).startsWith("event_id,event_type,timestamp,").contains(",cost_usd,");
    assertThat(reply.text())
        .contains("evt-1", ",0.0087,", "'=cmd|' /C calc'!A0", "\"a,\"\"b\"\"\"")
        .endsWith("\r\n");
  }

  @Test
  void csv_unpricedEvent_hasNoCostAndWhatIsKnownOfIt() {
    system.book(
        TestEvents.event("evt-1")
            .cost(new Cost.Unpriced("too new", "v1", new BigDecimal("0.25")))
            .stored());

    String[] lines = system.get("/v1/events.csv").bearer(key).send().text().split("\r\n");
    List<String> names = List.of(lines[0].split(","));
    // Metadata, the only field in quotation marks before it, has a comma.
    String[] fields = lines[1].replaceAll("\"([^\"]|\"\")*\"", "quoted").split(",", -1);

    assertThat(fields[names.indexOf("cost_usd")]).isEmpty();
    assertThat(fields[names.indexOf("known_cost_usd")]).isEqualTo("0.25");
    assertThat(fields[names.indexOf("cost_status")]).isEqualTo("unpriced");
    assertThat(fields[names.indexOf("cost_reason")]).isEqualTo("too new");
  }

  @Test
  void csv_nothing_isTheLineOfNames() {
    Reply reply = system.get("/v1/events.csv?customer_id=nobody").bearer(key).send();

    assertThat(reply.text().split("\r\n")).hasSize(1);
  }

  @Test
  void csv_partFromACursor_hasNoLineOfNames() {
    for (int i = 0; i < 5; i++) {
      system.book(TestEvents.event("evt-" + i).stored());
    }
    String cursor =
        system.get("/v1/events?limit=2").bearer(key).send().json().path("next_cursor").asText();

    Reply part = system.get("/v1/events.csv?cursor=" + cursor).bearer(key).send();

    assertThat(part.text().split("\r\n")).hasSize(3);
    assertThat(part.text()).doesNotContain("event_type");
  }

  @Test
  void csv_longLinesFullOfQuotationMarks_areCutIntoPartsThatLambdaTakes() {
    Usage usage =
        new Usage(UsageStatus.PARTIAL, "\"".repeat(10_000), PricingTerms.UNSAID, List.of(), null);
    system.book(
        IntStream.range(0, 300)
            .mapToObj(i -> TestEvents.event("evt-" + i).stored(usage))
            .toArray(StoredEvent[]::new));

    int rows = -1;
    @Nullable String cursor = "";
    while (cursor != null) {
      String from = cursor.isEmpty() ? "" : "?cursor=" + cursor;
      Reply part = system.get("/v1/events.csv" + from).bearer(key).send();
      assertThat(part.bytesOnTheWay()).isLessThan(6_000_000);
      rows += part.text().split("\r\n").length;
      cursor = part.header("x-om-next-cursor");
    }

    assertThat(rows).isEqualTo(300);
  }

  @Test
  void csv_badCursorOrParameter_isRefused() {
    for (String query : new String[] {"cursor=x", "limit=5", "status=fine", "quarantined=maybe"}) {
      assertThat(system.get("/v1/events.csv?" + query).bearer(key).send().status()).isEqualTo(400);
    }
  }
}
