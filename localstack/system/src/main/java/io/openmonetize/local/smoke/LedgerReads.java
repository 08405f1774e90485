package io.openmonetize.local.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the query API says of the calls that were made. */
final class LedgerReads {
  interface Judge {
    /**
     * @param millis until the event was visible
     */
    Outcome of(JsonNode event, long millis);
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WAIT_MILLIS = 60_000;
  private static final long PAUSE_MILLIS = 200;

  private final Deployment deployment;
  private final SmokeClient client;

  LedgerReads(Deployment deployment, SmokeClient client) {
    this.deployment = deployment;
    this.client = client;
  }

  /** Waits until the call of this user is there. */
  Outcome await(String userId, Judge judge) throws IOException, InterruptedException {
    if (deployment.dashboard().isEmpty()) {
      return new Outcome.Skipped("no --dashboard was given");
    }
    long began = System.nanoTime();
    while (Arrivals.since(began) < WAIT_MILLIS) {
      HttpResponse<String> answer =
          client.send(
              "GET", uri(userId), Map.of("Authorization", "Bearer " + deployment.apiKey()), "");
      if (answer.statusCode() != 200) {
        return new Outcome.Failed("the query API answers " + answer.statusCode());
      }
      JsonNode events = JSON.readTree(answer.body()).path("data");
      if (!events.isEmpty()) {
        return judge.of(events.get(0), Arrivals.since(began));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return new Outcome.Failed("no event within " + WAIT_MILLIS / 1000 + " s");
  }

  private URI uri(String userId) {
    return URI.create(
        "%s/v1/events?customer_id=%s&user_id=%s"
            .formatted(
                deployment.dashboard().orElseThrow(), encoded(deployment.customerId()), userId));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
