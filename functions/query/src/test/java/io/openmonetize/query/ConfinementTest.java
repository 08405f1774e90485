package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.keys.Scope;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may call which of all routes, and what a key that is bound to a customer can see. */
@ExtendWith(DynamoDbExtension.class)
class ConfinementTest {
  private static final List<String> OF_READERS =
      List.of(
          "/v1/events",
          "/v1/events?offset=0",
          "/v1/events.csv",
          "/v1/analytics/usage",
          "/v1/analytics/costs",
          "/v1/analytics/cost-breakdown",
          "/v1/usage/summary",
          "/v1/usage/series?group_by=customer",
          "/v1/usage/series?group_by=user&customer_id=acme",
          "/v1/usage/breakdown?group_by=customer",
          "/v1/usage/breakdown?group_by=customer&feature_id=chat",
          "/v1/usage/breakdown?group_by=customer&provider=ANTHROPIC&model=claude-sonnet-4-5",
          "/v1/usage/breakdown?group_by=user&customer_id=acme",
          "/v1/usage/forecast",
          "/v1/customers",
          "/v1/options?kind=customer",
          "/v1/options?kind=user&customer_id=acme",
          "/v1/options?kind=feature",
          "/v1/late-changes",
          "/v1/prices");

  private static final List<String> OF_OPERATORS =
      List.of(
          "GET /v1/pipeline",
          "GET /v1/pipeline/dead-letters",
          "POST /v1/pipeline/dead-letters/redrive",
          "POST /v1/pipeline/dead-letters/x/redrive",
          "GET /v1/reratings",
          "GET /v1/audit",
          "GET /v1/operators",
          "GET /v1/api-keys",
          "POST /v1/api-keys/x/rotate",
          "POST /v1/session/sign-out-everywhere");

  private final QuerySystem system;

  ConfinementTest(QuerySystem system) {
    this.system = system;
    system.book(
        TestEvents.event("of-acme").stored(),
        TestEvents.event("of-globex")
            .customer("globex")
            .user("mallory")
            .feature("spying")
            .stored());
  }

  static List<String> ofReaders() {
    return OF_READERS;
  }

  static List<String> ofOperators() {
    return OF_OPERATORS;
  }

  @ParameterizedTest
  @MethodSource("ofReaders")
  void read_keyBoundToACustomer_showsNothingOfAnother(String target) {
    String bound = system.addKey("dev", "acme", Scope.READ);

    Reply reply = system.get(target).bearer(bound).send();

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).doesNotContain("globex", "mallory", "spying");
  }

  @ParameterizedTest
  @MethodSource("ofReaders")
  void read_keyBoundToAnotherCustomer_isForbidden(String target) {
    if (target.equals("/v1/prices") || target.equals("/v1/customers")) {
      return;
    }
    String bound = system.addKey("dev", "acme", Scope.READ);
    String other =
        target.contains("customer_id=")
            ? target.replace("customer_id=acme", "customer_id=globex")
            : target + (target.contains("?") ? "&" : "?") + "customer_id=globex";

    assertThat(system.get(other).bearer(bound).send().status()).isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("ofReaders")
  void read_nobody_isUnauthorized(String target) {
    assertThat(system.get(target).send().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("ofReaders")
  void read_operator_isAnswered(String target) {
    assertThat(system.get(target).cookie(system.signIn()).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("ofOperators")
  void operate_keyWithAllScopes_isForbidden(String call) {
    String key = system.addKey(Scope.values());

    assertThat(call(call).bearer(key).send().status()).isEqualTo(403);
  }

  @ParameterizedTest
  @MethodSource("ofOperators")
  void operate_nobody_isUnauthorized(String call) {
    assertThat(call(call).send().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("ofOperators")
  void operate_sessionWithoutTheHeaderOfTheDashboard_changesNothing(String call) {
    if (call.startsWith("POST")) {
      assertThat(call(call).cookie(system.signIn()).send().status()).isEqualTo(403);
    }
  }

  private Call call(String call) {
    String[] parts = call.split(" ");
    return system.call(parts[0], parts[1]);
  }
}
