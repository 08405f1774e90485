package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What a key that takes another's place may do, and how long the other one holds. */
@ExtendWith(DynamoDbExtension.class)
class KeyRotationTest {
  private final QuerySystem system;
  private final String session;

  KeyRotationTest(QuerySystem system) {
    this.system = system;
    this.session = system.signIn();
  }

  @Test
  void rotate_narrowKey_keepsScopesCustomerAndEnd() {
    String id =
        create(
            """
            {"name":"a","scopes":["read"],"customer_id":"acme",
             "expires_at":"2026-10-06T00:00:00Z"}
            """);

    JsonNode young = rotate(id, 60).data();

    assertThat(young.path("scopes").toString()).isEqualTo("[\"read\"]");
    assertThat(young.path("customer_id").asText()).isEqualTo("acme");
    assertThat(young.path("expires_at").asText()).isEqualTo("2026-10-06T00:00:00Z");
    assertThat(end(id)).isEqualTo(QuerySystem.START.plusSeconds(60));
  }

  @Test
  void rotate_keyThatEndsSooner_doesNotHoldLonger() {
    String id = create("{\"name\":\"a\",\"expires_at\":\"2026-10-05T13:00:00Z\"}");

    rotate(id, 604_800);

    assertThat(end(id)).isEqualTo(Instant.parse("2026-10-05T13:00:00Z"));
  }

  @Test
  void rotate_revokedKey_isRefusedAndMakesNone() {
    String id = create("{\"name\":\"a\"}");
    system.post("/v1/api-keys/" + id + "/revoke").signedIn(session).send();

    assertThat(rotate(id, 0).status()).isEqualTo(400);
    assertThat(system.keys.list()).hasSize(1);
  }

  @Test
  void rotate_manyAtTheSameMoment_theSoonestEndHolds() throws Exception {
    int atOnce = 8;
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      for (int round = 0; round < 10; round++) {
        String id = create("{\"name\":\"a\"}");
        ApiKey old = system.keys.get(id).orElseThrow();
        CyclicBarrier together = new CyclicBarrier(atOnce);
        List<Future<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
          Instant end = QuerySystem.START.plusSeconds(i);
          done.add(threads.submit(() -> together.await() >= 0 && replace(old, end)));
        }
        Instant soonest = null;
        for (int i = 0; i < atOnce; i++) {
          if (done.get(i).get() && soonest == null) {
            soonest = QuerySystem.START.plusSeconds(i);
          }
        }
        assertThat(end(id)).isEqualTo(soonest);
      }
    }
  }

  private boolean replace(ApiKey old, Instant end) {
    KeyText text = KeyText.random("dev", system.random);
    ApiKey young =
        new ApiKey(
            "key_" + text.hash(),
            old.name(),
            text.prefix(),
            old.environment(),
            old.scopes(),
            old.customerId(),
            old.createdAt(),
            old.createdBy(),
            null,
            null);
    try {
      return system.keys.replace(old.id(), end, young, text);
    } catch (TransactionCanceledException e) {
      // Two transactions on one item at the same moment: the store lets one of them go.
      return false;
    }
  }

  private String create(String body) {
    return system
        .post("/v1/api-keys")
        .signedIn(session)
        .json(body)
        .send()
        .data()
        .path("id")
        .asText();
  }

  private Reply rotate(String id, int overlap) {
    return system
        .post("/v1/api-keys/" + id + "/rotate")
        .signedIn(session)
        .json("{\"overlap_seconds\":" + overlap + "}")
        .send();
  }

  private Instant end(String id) {
    return system.keys.get(id).orElseThrow().expiresAt();
  }
}
