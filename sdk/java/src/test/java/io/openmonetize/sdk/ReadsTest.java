package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.openmonetize.sdk.reads.CostBreakdown;
import io.openmonetize.sdk.reads.CostQuery;
import io.openmonetize.sdk.reads.EventQuery;
import io.openmonetize.sdk.reads.GroupBy;
import io.openmonetize.sdk.reads.RecordedEvent;
import io.openmonetize.sdk.reads.UsageQuery;
import io.openmonetize.sdk.reads.UsageSummary;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the query API, and what is made of its answers. */
class ReadsTest {
  private static final String SUM =
      """
      "events": 3, "input_tokens": 12, "output_tokens": 5, "tokens": {"input": 12, "output": 5},
      "units": {"pages": "0.5"}, "cost_usd": "0.10000000000000000001", "unpriced_events": 1,
      "unpriced_known_usd": "0", "quarantined_events": 0, "usage_status": {"exact": 3},
      "call_status": {"ok": 3}, "updated_at": "2026-07-01T12:00:00Z"
      """;

  private record Answer(int status, String body) {}

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private OpenMonetize client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestURI());
          Answer answer = answers.remove();
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new OpenMonetizeBuilder(Map.of())
            .apiKey("om_live_reader")
            .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void answer(int status, String body) {
    answers.add(new Answer(status, body));
  }

  @Test
  void usage_filters_askedForAndMoneyIsExact() {
    answer(
        200,
        "{\"data\": {\"from\": \"2026-06-01T00:00:00Z\", \"to\": \"2026-07-01T00:00:00Z\", "
            + SUM
            + ", \"previous\": {"
            + SUM
            + "}}}");
    UsageSummary summary =
        client.usage(
            UsageQuery.builder()
                .customerId("a&b c")
                .provider(Provider.OPENAI)
                .from(Instant.parse("2026-06-01T00:00:00Z"))
                .comparePrevious(true)
                .build());
    assertThat(asked)
        .containsExactly(
            "Bearer om_live_reader /v1/usage/summary?customer_id=a%26b+c&provider=OPENAI"
                + "&from=2026-06-01T00%3A00%3A00Z&compare=previous");
    assertThat(summary.sum().costUsd()).isEqualTo(new BigDecimal("0.10000000000000000001"));
    assertThat(summary.sum().tokens()).isEqualTo(Map.of("input", 12L, "output", 5L));
    assertThat(summary.sum().units()).isEqualTo(Map.of("pages", new BigDecimal("0.5")));
    assertThat(summary.previous()).isEqualTo(summary.sum());
  }

  @Test
  void costs_byCustomer_rowsTotalAndCursor() {
    answer(
        200,
        "{\"data\": {\"from\": \"2026-06-01T00:00:00Z\", \"to\": \"2026-07-01T00:00:00Z\","
            + " \"rows\": [{\"key\": {\"customer_id\": \"acme\"}, \"sum\": {"
            + SUM
            + "}, \"previous\": null}], \"total\": {"
            + SUM
            + "}, \"groups\": 7, \"more\": true, \"next_cursor\": \"c2\"}}");
    CostBreakdown costs =
        client.costs(CostQuery.builder().groupBy(GroupBy.CUSTOMER).limit(1).build());
    assertThat(asked).first().asString().endsWith("/v1/usage/breakdown?group_by=customer&limit=1");
    assertThat(costs.rows()).hasSize(1);
    assertThat(costs.rows().get(0).customerId()).isEqualTo("acme");
    assertThat(costs.rows().get(0).previous()).isNull();
    assertThat(costs.nextCursor()).isEqualTo("c2");
  }

  private static String event(String id, String cost) {
    return """
    {"id": "%s", "event_id": "e", "event_type": "TOKEN_USAGE", "timestamp": "2026-07-01T00:00:00Z",
     "received_at": "2026-07-01T00:00:01Z", "customer_id": "acme", "user_id": null,
     "feature_id": "chat", "provider": "OPENAI", "model": "m", "tokens": {"input": 3},
     "input_tokens": 3, "output_tokens": 0, "units": {}, "usage_status": "exact",
     "cost_usd": %s, "known_cost_usd": "0.01", "status": "ok", "source": "sdk",
     "provider_response_id": null}
    """
        .formatted(id, cost);
  }

  @Test
  void events_manyPages_readAsTheyAreWantedEmptyOnesToo() {
    answer(200, "{\"data\": [" + event("1", "\"0.01\"") + "], \"next_cursor\": \"c1\"}");
    answer(200, "{\"data\": [], \"next_cursor\": \"c2\"}");
    answer(200, "{\"data\": [" + event("2", "null") + "], \"next_cursor\": null}");
    EventQuery query = EventQuery.builder().customerId("acme").pageSize(1).build();
    List<RecordedEvent> events = client.events(query).toList();
    assertThat(events).extracting(RecordedEvent::id).containsExactly("1", "2");
    assertThat(events.get(0).costUsd()).isEqualByComparingTo("0.01");
    assertThat(events.get(1).costUsd()).isNull();
    assertThat(asked).hasSize(3);
    assertThat(asked.get(2)).endsWith("/v1/events?customer_id=acme&limit=1&cursor=c2");
  }

  @Test
  void events_onlyTheFirstWanted_onePageRead() {
    answer(200, "{\"data\": [" + event("1", "null") + "], \"next_cursor\": \"c1\"}");
    assertThat(client.events(EventQuery.builder().build()).findFirst()).isPresent();
    assertThat(asked).hasSize(1);
  }

  @Test
  void usage_error_thrownWithStatusAndBody() {
    answer(403, "{\"error\":\"FORBIDDEN\",\"message\":\"Not with this key\"}");
    assertThatThrownBy(() -> client.usage(UsageQuery.builder().build()))
        .isInstanceOfSatisfying(
            OpenMonetizeException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.response()).contains("FORBIDDEN");
              assertThat(e).hasMessageContaining("Not with this key");
            });
  }

  @Test
  void usage_somethingElseAnswers_thrown() {
    answer(200, "<html>");
    answer(200, "{\"data\": {}}");
    answer(200, summaryWith("\"events\": \"many\""));
    answer(200, summaryWith("\"tokens\": {\"input\": 1.5}"));
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> client.usage(UsageQuery.builder().build()))
          .isInstanceOf(OpenMonetizeException.class);
    }
  }

  /** A later member of the same name takes the place of an earlier one. */
  private static String summaryWith(String wrong) {
    return "{\"data\": {\"from\": \"2026-06-01T00:00:00Z\", \"to\": \"2026-07-01T00:00:00Z\", "
        + SUM
        + ", "
        + wrong
        + "}}";
  }

  @Test
  void usage_nobodyListens_thrown() {
    server.stop(0);
    assertThatThrownBy(() -> client.usage(UsageQuery.builder().build()))
        .isInstanceOfSatisfying(
            OpenMonetizeException.class, e -> assertThat(e.statusCode()).isZero());
  }
}
