package io.openmonetize.query.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.packaging.HttpCall;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.Surroundings;
import io.openmonetize.packaging.Training;
import io.openmonetize.query.BookedEvents;
import io.openmonetize.query.QueryFunction;
import io.openmonetize.query.TestEvents;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.storage.StoredEvent;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the dashboard asks for from signing in to signing out, and what an API key is used for. */
public final class QueryTraining implements Training {
  private static final String NAME = "ada@example.com";
  private static final String PASSWORD = "correct horse battery staple";
  private static final int EVENTS = 20;

  @Override
  public String handler() {
    return QueryFunction.class.getName();
  }

  @Override
  public void prepare(Surroundings surroundings) {
    surroundings.put("OM_PROXY_URL", "https://proxy.example.com/");
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      Instant time = Instant.now().minus(Duration.ofHours(i));
      events.add(TestEvents.event("event-" + i).at(time).stored());
    }
    try (DynamoDbClient dynamoDb = surroundings.dynamoDb()) {
      OperatorAccounts.create(
              dynamoDb,
              surroundings.controlTable(),
              Clock.systemUTC(),
              new SecureRandom(),
              "training")
          .ensure(NAME, PASSWORD);
      BookedEvents.book(dynamoDb, surroundings.usageTable(), events);
    }
  }

  @Override
  public void calls(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    JsonNode page = HttpCall.get("/").with("accept-encoding", "gzip, br").send(function, 200);
    if (page.path("body").asText().isEmpty()) {
      throw new IOException("The page is empty");
    }
    String signIn = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(NAME, PASSWORD);
    String cookie =
        HttpCall.post("/v1/session", signIn).send(function, 200).at("/cookies/0").asText();
    String session = cookie.substring(0, cookie.indexOf(';'));
    for (String target :
        List.of(
            "/v1/session",
            "/v1/usage/summary?compare=previous",
            "/v1/usage/series?group_by=feature",
            "/v1/usage/breakdown?group_by=customer",
            "/v1/usage/forecast",
            "/v1/customers",
            "/v1/options?kind=model",
            "/v1/events?limit=10",
            "/v1/api-keys")) {
      HttpCall.get(target).cookie(session).send(function, 200);
    }
    call(surroundings, function);
    HttpCall.get("/v1/analytics/usage?customerId=acme")
        .with("authorization", "Bearer " + surroundings.key())
        .send(function, 200);
    HttpCall.get("/v1/usage/summary").send(function, 401);
    new HttpCall("DELETE", "/v1/session", "", Map.of(), List.of(session), "")
        .with("x-om-csrf", "1")
        .send(function, 204);
  }

  @Override
  public void call(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    JsonNode answer =
        HttpCall.get("/v1/events?limit=" + EVENTS)
            .with("authorization", "Bearer " + surroundings.key())
            .send(function, 200);
    if (!answer.path("body").asText().contains("event-0")) {
      throw new IOException("The events are not in " + answer);
    }
  }
}
