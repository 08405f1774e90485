package io.openmonetize.ingest.packaged;

import io.openmonetize.ingest.IngestFunction;
import io.openmonetize.packaging.HttpCall;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.Surroundings;
import io.openmonetize.packaging.Training;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reports of usage: one event, a batch, a report with a mistake; and what looks whether it runs.
 */
public final class IngestTraining implements Training {
  private static final int BATCH = 25;
  private static final int QUEUED_A_ROUND = 1 + BATCH + 1;

  @Override
  public String handler() {
    return IngestFunction.class.getName();
  }

  @Override
  public void calls(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    call(surroundings, function);
    List<String> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      batch.add(event("100"));
    }
    report(surroundings, batch).send(function, 202);
    report(surroundings, List.of(event("100"), event("-1"))).send(function, 202);
    report(surroundings, List.of(event("-1"))).send(function, 400);
    HttpCall.post("/v1/events/ingest", "{}").with("x-api-key", "no key").send(function, 401);
    HttpCall.get("/health").send(function, 200);
    HttpCall.get("/ready").send(function, 200);
  }

  @Override
  public void call(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    report(surroundings, List.of(event("100"))).send(function, 202);
  }

  @Override
  public void check(Surroundings surroundings, int rounds) throws IOException {
    if (surroundings.queued() != rounds * QUEUED_A_ROUND) {
      throw new IOException("The queue has " + surroundings.queued() + " events");
    }
  }

  private static HttpCall report(Surroundings surroundings, List<String> events) {
    return HttpCall.post("/v1/events/ingest", "{\"events\":[" + String.join(",", events) + "]}")
        .with("x-api-key", surroundings.key());
  }

  private static String event(String inputTokens) {
    return """
    {"event_id":"%s","customer_id":"acme","user_id":"user-1","event_type":"TOKEN_USAGE",\
    "feature_id":"chat","provider":"OPENAI","model":"gpt-5.5","input_tokens":%s,\
    "output_tokens":5,"timestamp":"%s"}\
    """
        .formatted(UUID.randomUUID(), inputTokens, Instant.now());
  }
}
