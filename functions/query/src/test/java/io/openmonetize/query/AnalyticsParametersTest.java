package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.keys.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is asked, however wrong: an answer of the API's form, and nothing of another customer.
 */
@ExtendWith(DynamoDbExtension.class)
class AnalyticsParametersTest {
  private static final int CALLS = 400;

  private static final List<String> NAMES =
      List.of(
          "startDate",
          "start_date",
          "endDate",
          "end_date",
          "customerId",
          "customer_id",
          "userId",
          "user_id",
          "featureId",
          "feature_id",
          "provider",
          "model",
          "groupBy",
          "limit",
          "offset",
          "from",
          "to",
          "cursor",
          "status");

  private static final List<String> VALUES =
      List.of(
          "",
          "%00",
          "%",
          "%zz",
          "%ff",
          "%ed%a0%80",
          "%F0%9F%98%80",
          "+",
          "%0A",
          ",",
          "a,,b",
          "a,b",
          "chat,search",
          "%23",
          "a%23b",
          "%24",
          "'",
          "acme",
          "globex",
          "mallory",
          "bob",
          "chat",
          "claude-sonnet-4-5",
          "OPENAI",
          "ANTHROPIC,OPENAI",
          "openai",
          "0000-01-01",
          "0000-00-00",
          "1969-12-31",
          "1970-01-01",
          "1970-01-01T00:00:00Z",
          "2026-02-29",
          "2026-10-01",
          "2026-10-05",
          "2026-10-05T00:00:00+14:00",
          "2026-10-05T12:00:00.123456789%2B05:45",
          "2026-10-05T24:00:00Z",
          "9999-12-30",
          "9999-12-31",
          "9999-12-31T22:00:00Z",
          "9999-12-31T23:59:59Z",
          "9999-12-31T23:59:59-18:00",
          "%2B10000-01-01",
          "-1",
          "0",
          "1",
          "200",
          "999999999",
          "9999999999",
          "1e3",
          "%D9%A1%D9%A2",
          "NaN",
          "day",
          "week",
          "month",
          "hour",
          "ok",
          "x".repeat(256),
          "x".repeat(257),
          "%E5%AE%A2".repeat(90));

  private final QuerySystem system;

  AnalyticsParametersTest(QuerySystem system) {
    this.system = system;
    system.book(
        TestEvents.event("of-acme").stored(),
        TestEvents.event("of-globex")
            .customer("globex")
            .user("mallory")
            .feature("spying")
            .stored());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/analytics/usage?",
        "/v1/analytics/costs?",
        "/v1/analytics/cost-breakdown?",
        "/v1/events?offset=0&"
      })
  void anyParameters_areAnsweredOrRefusedAndConfined(String route) {
    String bound = system.addKey("dev", "acme", Scope.READ);
    Random random = new Random(route.hashCode());
    int answered = 0;
    for (int i = 0; i < CALLS; i++) {
      String target = route + query(random);
      Reply reply = system.get(target).bearer(bound).send();

      assertThat(reply.status()).as(target).isIn(200, 400, 403);
      if (reply.status() == 200) {
        answered++;
        assertThat(reply.text()).as(target).doesNotContain("globex", "mallory", "spying");
      }
    }
    assertThat(answered).isPositive();
    assertThat(system.log()).doesNotContain("call_failed");
  }

  private static String query(Random random) {
    List<String> parameters = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      parameters.add(pick(NAMES, random) + "=" + pick(VALUES, random));
    }
    return String.join("&", parameters);
  }

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }
}
