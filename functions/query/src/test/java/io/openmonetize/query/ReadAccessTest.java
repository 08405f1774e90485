package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.keys.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DynamoDbExtension.class)
class ReadAccessTest {
  private final QuerySystem system;

  ReadAccessTest(QuerySystem system) {
    this.system = system;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/events", "/v1/usage/summary"})
  void read_keyWithTheScope_isAnsweredUnderEitherHeader(String path) {
    String key = system.addKey(Scope.READ);

    assertThat(system.get(path).bearer(key).send().status()).isEqualTo(200);
    assertThat(system.get(path).header("x-api-key", key).send().status()).isEqualTo(200);
    assertThat(system.get(path).header("authorization", "bearer  " + key).send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/events", "/v1/usage/summary"})
  void read_session_isAnswered(String path) {
    assertThat(system.get(path).cookie(system.signIn()).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/events", "/v1/usage/summary"})
  void read_noCredentials_isUnauthorized(String path) {
    Reply reply = system.get(path).send();

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error()).isEqualTo("UNAUTHORIZED");
    assertThat(reply.json().path("request_id").asText()).isNotEmpty();
  }

  @Test
  void read_keyWithoutTheScope_isForbidden() {
    String key = system.addKey(Scope.PROXY, Scope.INGEST);

    Reply reply = system.get("/v1/events").bearer(key).send();

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).isEqualTo("FORBIDDEN");
  }

  @Test
  void read_badKey_isUnauthorizedWhateverIsWrongWithIt() {
    String good = system.addKey(Scope.READ);
    String revoked = system.addKey(Scope.READ);
    system.keys.list().stream()
        .filter(key -> revoked.startsWith(key.prefix()))
        .forEach(key -> system.keys.revoke(key.id(), system.clock.instant()));
    String live = system.addKey("live", null, Scope.READ);

    for (String key : List.of("", "x", good + "0", revoked, live, good + ", " + good)) {
      assertThat(system.get("/v1/events").bearer(key).send().status()).isEqualTo(401);
    }
    assertThat(system.get("/v1/events").header("authorization", good).send().status())
        .isEqualTo(401);
  }

  @Test
  void read_badKeyBesideAGoodSession_isUnauthorized() {
    String token = system.signIn();

    assertThat(system.get("/v1/events").cookie(token).bearer("x").send().status()).isEqualTo(401);
  }

  @Test
  void events_keyBoundToACustomer_showThatCustomerOnly() {
    bookForTwoCustomers();
    String key = system.addKey("dev", "acme", Scope.READ);

    Reply unasked = system.get("/v1/events").bearer(key).send();
    Reply own = system.get("/v1/events?customer_id=acme").bearer(key).send();

    for (Reply reply : List.of(unasked, own)) {
      assertThat(reply.data()).hasSize(1);
      assertThat(reply.data().get(0).path("event_id").asText()).isEqualTo("of-acme");
      assertThat(reply.text()).doesNotContain("globex");
    }
  }

  @Test
  void summary_keyBoundToACustomer_sumsThatCustomerOnly() {
    bookForTwoCustomers();
    String key = system.addKey("dev", "acme", Scope.READ);

    assertThat(system.get("/v1/usage/summary").bearer(key).send().data().path("events").asInt())
        .isEqualTo(1);
    assertThat(
            system
                .get("/v1/usage/summary?user_id=bob")
                .bearer(key)
                .send()
                .data()
                .path("events")
                .asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/events?customer_id=globex",
        "/v1/usage/summary?customer_id=globex",
        "/v1/events?customer_id=ACME",
        "/v1/events?customer_id=acme%20"
      })
  void read_keyBoundToAnotherCustomer_isForbidden(String target) {
    bookForTwoCustomers();
    String key = system.addKey("dev", "acme", Scope.READ);

    Reply reply = system.get(target).bearer(key).send();

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).isEqualTo("FORBIDDEN");
  }

  @Test
  void events_cursorOfAnotherKeysList_stillShowsTheOwnCustomerOnly() {
    for (int i = 0; i < 6; i++) {
      system.book(
          TestEvents.event("acme-" + i).stored(),
          TestEvents.event("globex-" + i).customer("globex").stored());
    }
    String all = system.addKey(Scope.READ);
    String bound = system.addKey("dev", "acme", Scope.READ);
    String cursor =
        system.get("/v1/events?limit=3").bearer(all).send().json().path("next_cursor").asText();

    Reply reply = system.get("/v1/events?cursor=" + cursor).bearer(bound).send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).doesNotContain("globex");
  }

  private void bookForTwoCustomers() {
    system.book(
        TestEvents.event("of-acme").stored(),
        TestEvents.event("of-globex").customer("globex").stored());
  }
}
