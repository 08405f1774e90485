package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.query.http.SecurityHeaders;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DynamoDbExtension.class)
class FunctionErrorsTest {
  private final QuerySystem system;

  FunctionErrorsTest(QuerySystem system) {
    this.system = system;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/events/",
        "/v1/api-keys//revoke",
        "/v1/api-keys/a/b/revoke",
        "/v1/../index.html"
      })
  void get_unknownApiPath_isNotFoundAsJson(String path) {
    Reply reply = system.get(path).send();

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.error()).isEqualTo("NOT_FOUND");
    assertThat(reply.json().path("request_id").asText()).isEqualTo(reply.header("x-om-request-id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST   | /v1/events      | GET, HEAD",
        "PUT    | /v1/session     | POST, GET, HEAD, DELETE",
        "PATCH  | /v1/api-keys    | GET, HEAD, POST",
        "OPTIONS| /v1/events      | GET, HEAD"
      })
  void call_methodThatThePathDoesNotTake_saysWhichItTakes(
      String method, String path, String allowed) {
    Reply reply = system.call(method, path).send();

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.error()).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(reply.header("allow")).isEqualTo(allowed);
  }

  @Test
  void call_bodyThatIsNotBase64AsSaid_isABadRequest() {
    Call call = system.post("/v1/session").base64Json(new byte[] {1, 2, 3}).json("§§");

    assertThat(call.send().status()).isEqualTo(400);
  }

  @Test
  void call_storeUnreachable_isUnavailableAndSaysSo() {
    QueryFunction alone = system.function(Map.of("OM_DYNAMODB_ENDPOINT", "http://127.0.0.1:1"));

    Reply reply = QuerySystem.send(alone, system.get("/v1/session").cookie("x".repeat(43)));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.error()).isEqualTo("UNAVAILABLE");
    assertThat(system.log()).contains("store_failed").doesNotContain("xxxxx");
  }

  @Test
  void call_keyWhileTheStoreIsUnreachable_isUnavailableNotUnauthorized() {
    String key = system.addKey(io.openmonetize.keys.Scope.READ);
    QueryFunction alone = system.function(Map.of("OM_DYNAMODB_ENDPOINT", "http://127.0.0.1:1"));

    Reply reply = QuerySystem.send(alone, system.get("/v1/events").bearer(key));

    assertThat(reply.status()).isEqualTo(503);
  }

  @Test
  void call_faultInside_isAnsweredWithoutItsWords() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    QueryFunction faulty =
        new QueryFunction(
            _ -> {
              throw new IllegalStateException("secret words");
            },
            new SecurityHeaders(null),
            new Log(log, Log.Level.INFO, Clock.systemUTC()));

    Reply reply = QuerySystem.send(faulty, system.get("/v1/events"));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.error()).isEqualTo("INTERNAL_ERROR");
    assertThat(reply.text() + log).doesNotContain("secret words");
    assertThat(log.toString()).contains(reply.header("x-om-request-id"));
  }

  @Test
  void create_settingMissing_isNamed() {
    assertThatThrownBy(
            () ->
                QueryFunction.create(
                    new Environment(Map.of("OM_USAGE_TABLE", "usage")),
                    Clock.systemUTC(),
                    new SecureRandom(),
                    Log.to(System.err, Log.Level.ERROR)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("OM_CONTROL_TABLE");
  }
}
