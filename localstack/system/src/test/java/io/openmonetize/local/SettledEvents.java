package io.openmonetize.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** What is booked once the queue has nothing more: a second copy would have come by then. */
final class SettledEvents {
  private SettledEvents() {}

  static List<JsonNode> of(TestSystem test, String customer) throws Exception {
    test.awaitBooked();
    List<JsonNode> events = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(test, "/v1/events?limit=200&customer_id=" + customer + cursor);
      page.path("data").forEach(events::add);
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    return events;
  }

  static JsonNode get(TestSystem test, String target) throws Exception {
    HttpResponse<byte[]> answer =
        test.send(
            HttpRequest.newBuilder(URI.create(test.system().dashboard() + target))
                .header("Authorization", "Bearer " + test.system().apiKey())
                .build());
    return TestSystem.JSON.readTree(answer.body());
  }
}
