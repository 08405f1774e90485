package io.openmonetize.query;

import static io.openmonetize.query.QuerySystem.NAME;
import static io.openmonetize.query.QuerySystem.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DynamoDbExtension.class)
class CrossSiteTest {
  private static final String NEW_KEY = "{\"name\":\"a key\"}";

  private final QuerySystem system;
  private final String token;

  CrossSiteTest(QuerySystem system) {
    this.system = system;
    this.token = system.signIn();
  }

  @Test
  void post_cookieWithoutTheHeader_isForbiddenAndChangesNothing() {
    Reply reply = system.post("/v1/api-keys").cookie(token).json(NEW_KEY).send();

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).isEqualTo("FORBIDDEN");
    assertThat(system.keys.list()).isEmpty();
  }

  @Test
  void revoke_cookieWithoutTheHeader_isForbidden() {
    assertThat(system.post("/v1/api-keys/key_1/revoke").cookie(token).send().status())
        .isEqualTo(403);
  }

  @Test
  void signOut_cookieWithoutTheHeader_isForbiddenAndTheSessionGoesOn() {
    Reply reply = system.call("DELETE", "/v1/session").cookie(token).send();

    assertThat(reply.status()).isEqualTo(403);
    assertThat(system.get("/v1/session").cookie(token).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://localhost:8081",
        "http://localhost",
        "http://localhost:8080.evil.example",
        "http://evil@localhost:8080",
        "null",
        "%%%"
      })
  void post_fromAnotherOrigin_isForbidden(String origin) {
    Reply reply =
        system.post("/v1/api-keys").signedIn(token).header("origin", origin).json(NEW_KEY).send();

    assertThat(reply.status()).isEqualTo(403);
    assertThat(system.keys.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080,localhost:8080",
    "https://meter.example.com,meter.example.com",
    "https://meter.example.com,Meter.Example.com:443",
    "http://127.0.0.1,127.0.0.1:80",
  })
  void post_fromTheSameOrigin_isLetThrough(String origin, String host) {
    Reply reply =
        system
            .post("/v1/api-keys")
            .signedIn(token)
            .host(host)
            .header("origin", origin)
            .json(NEW_KEY)
            .send();

    assertThat(reply.status()).isEqualTo(201);
  }

  @Test
  void signIn_fromAnotherOrigin_isForbidden() {
    Reply reply = system.signIn(NAME, PASSWORD).header("origin", "https://evil.example").send();

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.cookies()).isEmpty();
  }

  @Test
  void get_withCookieAlone_isLetThrough() {
    assertThat(system.get("/v1/api-keys").cookie(token).send().status()).isEqualTo(200);
  }

  @Test
  void anyAnswer_neverAllowsAnotherOriginToReadIt() {
    Reply reply =
        system.get("/v1/session").cookie(token).header("origin", "https://evil.example").send();

    assertThat(reply.header("access-control-allow-origin")).isNull();
    assertThat(reply.header("cross-origin-resource-policy")).isEqualTo("same-origin");
  }
}
