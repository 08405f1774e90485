package io.openmonetize.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does on the pages, in a real browser, on the whole running system. */
@Timeout(180)
class DashboardIT {
  private static TestSystem test;
  private static Browsing browsing;

  @BeforeAll
  static void start() throws Exception {
    test = TestSystem.start();
    browsing = Browsing.start(test);
  }

  @AfterAll
  static void stop() {
    browsing.close();
    test.close();
  }

  @Test
  void activity_afterAStreamedCall_showsItWithTokensAndCost() throws Exception {
    Map<String, String> headers = test.headers();
    String customer = headers.get("X-OM-Customer-Id");
    try (Dashboard dashboard = browsing.open("/activity?customer_id=" + customer)) {
      dashboard.loaded();

      call(headers);

      Locator row = dashboard.rows("Events, newest first").filter(withText(customer));
      assertThat(row).containsText("claude-sonnet-4-5");
      JsonNode event = test.awaitEvent(customer);
      assertThat(row).containsText(event.path("input_tokens").asText());
      assertThat(row).containsText(event.path("output_tokens").asText());
      assertThat(row).containsText(Pattern.compile("\\$0\\.0*[1-9]"));
      dashboard.assertSilent();
    }
  }

  @Test
  void activity_filteredByCustomer_showsThatCustomersEventsOnly() throws Exception {
    String wanted = called();
    String other = called();
    try (Dashboard dashboard = browsing.open("/activity")) {
      dashboard.loaded();

      dashboard.filter("Customer").fill(wanted);
      dashboard.filter("Customer").press("Enter");

      Locator rows = dashboard.rows("Events, newest first");
      assertThat(rows).hasCount(1);
      assertThat(rows).containsText(wanted);
      assertThat(rows).not().containsText(other);
      dashboard.assertSilent();
    }
  }

  @Test
  void key_generated_isGoodAndForgottenByThePage() throws Exception {
    try (Dashboard dashboard = browsing.open("/settings/api-keys")) {
      String key = generate(dashboard, "to be used");

      assertThat(key).startsWith("om_dev_");
      dashboard.assertForgot(key);
      assertThat(callWith(key)).isEqualTo(200);
      dashboard.assertSilent();
    }
  }

  @Test
  void apiKeys_addressThatTheGuideNames_leadsToThem() {
    try (Dashboard dashboard = browsing.open("/overview")) {
      dashboard.page().navigate(test.system().dashboard() + "/api-keys");

      assertThat(dashboard.button("Generate New Key")).isVisible();
      dashboard.assertSilent();
    }
  }

  @Test
  void key_rotated_isReplacedByOneThatThePageForgets() throws Exception {
    try (Dashboard dashboard = browsing.open("/settings/api-keys")) {
      String before = generate(dashboard, "to be rotated");

      dashboard.button("Rotate to be rotated").click();
      dashboard.dialog().getByLabel("How long the old key still works").selectOption("0");
      dashboard.button("Rotate key").click();
      String after = shownKey(dashboard);

      assertThat(after).startsWith("om_dev_").isNotEqualTo(before);
      dashboard.assertForgot(after);
      assertThat(callWith(after)).isEqualTo(200);
      assertThat(dashboard.rows("API keys").filter(withText("to be rotated"))).hasCount(2);
      dashboard.assertSilent();
    }
  }

  @Test
  void key_revoked_isMarkedSo() {
    try (Dashboard dashboard = browsing.open("/settings/api-keys")) {
      generate(dashboard, "to be revoked");

      dashboard.button("Revoke to be revoked").click();
      dashboard.dialog().getByRole(AriaRole.TEXTBOX).fill("to be revoked");
      dashboard.button("Revoke key").click();

      assertThat(dashboard.rows("API keys").filter(withText("to be revoked")))
          .containsText("revoked");
      dashboard.assertSilent();
    }
  }

  @Test
  void signIn_wrongPassword_saysSoAndStays() {
    try (Dashboard dashboard = browsing.openSignedOut("/overview")) {
      Page page = dashboard.page();
      page.getByLabel("Name").fill(test.system().operatorName());
      page.getByLabel("Password").fill("not the password");
      page.keyboard().press("Enter");

      assertThat(page.getByRole(AriaRole.ALERT).filter(withText("password"))).isVisible();
      assertThat(page.getByLabel("Password")).isVisible();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ANTHROPIC", "OPENAI", "GOOGLE"})
  void playground_callSent_showsTheAnswerAndThenItsCost(String provider) {
    try (Dashboard dashboard = browsing.open("/playground?provider=" + provider)) {
      Page page = dashboard.loaded().page();

      page.getByLabel("OpenMonetize key").fill(test.system().apiKey());
      page.getByLabel(Pattern.compile("^Your .* key$")).fill("provider-key");
      dashboard.button("Send").click();

      assertThat(page.getByRole(AriaRole.STATUS).filter(withText("complete"))).isVisible();
      assertThat(dashboard.panel("Booked as")).containsText(Pattern.compile("\\$0\\.0*[1-9]"));
      assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
          .isEqualTo("[{},{}]");
      dashboard.assertSilent();
    }
  }

  private static String generate(Dashboard dashboard, String name) {
    dashboard.button("Generate New Key").click();
    dashboard.dialog().getByLabel("Name").fill(name);
    dashboard.button("Generate key").click();
    return shownKey(dashboard);
  }

  /** The key that a dialog shows once; closes it. */
  private static String shownKey(Dashboard dashboard) {
    String key =
        dashboard
            .page()
            .getByLabel("API key", new Page.GetByLabelOptions().setExact(true))
            .inputValue();
    dashboard.button("I have stored it").click();
    assertThat(dashboard.dialog()).hasCount(0);
    return key;
  }

  /** The customer of a call that is booked. */
  private static String called() throws Exception {
    Map<String, String> headers = test.headers();
    call(headers);
    return test.awaitEvent(headers.get("X-OM-Customer-Id")).path("customer_id").asText();
  }

  private static int callWith(String key) throws Exception {
    Map<String, String> headers = test.headers();
    headers.put("X-OM-Api-Key", key);
    return call(headers);
  }

  private static int call(Map<String, String> headers) throws Exception {
    return test.send(
            RawClient.post(
                    test.system().proxy(), "/v1/messages", RawClient.STREAMED_MESSAGE, headers)
                .build())
        .statusCode();
  }

  private static Locator.FilterOptions withText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
