package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.config.Environment;
import io.openmonetize.events.TokenClass;
import io.openmonetize.keys.Scope;
import io.openmonetize.logging.Log;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every answer of every other test is held to the document too, by {@link QuerySystem}. */
@ExtendWith(DynamoDbExtension.class)
class OpenApiTest {
  private final QuerySystem system;

  OpenApiTest(QuerySystem system) {
    this.system = system;
  }

  @Test
  void document_operations_areExactlyTheRoutes() {
    Environment environment =
        new Environment(
            Map.of(
                "OM_CONTROL_TABLE",
                "control",
                "OM_USAGE_TABLE",
                "usage",
                "OM_DYNAMODB_ENDPOINT",
                "http://127.0.0.1:1"));
    Set<String> routes =
        new Composition(
                environment,
                Clock.systemUTC(),
                new SecureRandom(),
                Log.to(System.err, Log.Level.ERROR))
            .routes().stream()
                .filter(route -> route.path().text().startsWith("/v1"))
                .map(route -> route.method() + " " + route.path().text())
                .collect(Collectors.toCollection(TreeSet::new));

    assertThat(system.openApi.operations()).isEqualTo(routes);
  }

  @Test
  void get_document_needsNoSignIn() throws Exception {
    Reply reply = system.get("/v1/openapi.json").send();

    assertThat(reply.status()).isEqualTo(200);
    try (var resource = getClass().getResourceAsStream("/openapi.json")) {
      assertThat(reply.json()).isEqualTo(new ObjectMapper().readTree(resource));
    }
  }

  @Test
  void document_queryParameters_areExactlyThoseThatTheRoutesKnow() {
    String session = system.signIn();
    for (var path : system.openApi.document().path("paths").properties()) {
      JsonNode operation = path.getValue().path("get");
      boolean tellsItsParameters =
          !operation.isMissingNode()
              && !operation.path("security").isEmpty()
              && !path.getKey().equals("/v1/session");
      if (tellsItsParameters) {
        Call call = system.get(path.getKey().replace("{id}", "RVZFTlQ") + "?nothing=1");
        String message = call.cookie(session).send().message();
        int list = message.indexOf("they are ");
        Set<String> known =
            list < 0
                ? Set.of()
                : Set.of(message.substring(list + "they are ".length()).split(", "));

        assertThat(message).as(path.getKey()).startsWith("nothing is no parameter");
        assertThat(known).as(path.getKey()).isEqualTo(queryParameters(path.getKey()));
      }
    }
  }

  @Test
  void document_tokenClasses_areExactlyThoseOfEvents() {
    JsonNode names = system.openApi.document().at("/components/schemas/Tokens/propertyNames/enum");

    assertThat(names)
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(TokenClass.values()).map(TokenClass::wireName).toList());
  }

  @Test
  void document_references_allLeadSomewhere() {
    for (JsonNode reference : system.openApi.document().findValues("$ref")) {
      assertThat(system.openApi.document().at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }

  @Test
  void check_answerThatDoesNotFit_fails() {
    system.book(TestEvents.event("evt-1").stored());
    String key = system.addKey(Scope.READ);
    JsonNode schema =
        new ObjectMapper().createObjectNode().put("$ref", "#/components/schemas/Event");
    ObjectNode event =
        (ObjectNode) system.get("/v1/events").bearer(key).send().data().get(0).deepCopy();
    system.openApi.validate(schema, event);

    for (JsonNode bad :
        new JsonNode[] {
          event.deepCopy().put("cost_usd", 0.1),
          event.deepCopy().put("timestamp", "yesterday"),
          event.deepCopy().put("surprise", 1),
          event.deepCopy().without("customer_id"),
        }) {
      assertThatThrownBy(() -> system.openApi.validate(schema, bad))
          .isInstanceOf(AssertionError.class);
    }
  }

  private Set<String> queryParameters(String path) {
    Set<String> names = new TreeSet<>();
    for (JsonNode parameter :
        system.openApi.document().path("paths").path(path).path("get").path("parameters")) {
      String reference = parameter.path("$ref").asText("");
      JsonNode resolved =
          reference.isEmpty() ? parameter : system.openApi.document().at(reference.substring(1));
      if (resolved.path("in").asText().equals("query")) {
        names.add(resolved.path("name").asText());
      }
    }
    return names;
  }
}
