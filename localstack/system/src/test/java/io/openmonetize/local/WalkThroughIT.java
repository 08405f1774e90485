package io.openmonetize.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * From the first key to the metadata of the first call, as the guide says; and when it got stuck.
 */
@Timeout(180)
class WalkThroughIT {
  private static TestSystem test;
  private static Browsing browsing;

  private Dashboard dashboard;

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

  @BeforeEach
  void open() {
    dashboard = browsing.open("/overview");
    dashboard.loaded();
  }

  @AfterEach
  void close() {
    dashboard.close();
  }

  /** Its "API Keys Page Empty", "Test Connectivity" and "Check Event Ingestion", one by one. */
  @Test
  void guide_followed_leadsToTheEventWithItsMetadata() throws Exception {
    Page page = dashboard.page();
    go("Settings");
    go("API Keys");
    dashboard.button("Generate New Key").click();
    dashboard.dialog().getByLabel("Name").fill("from the guide");
    dashboard.button("Generate key").click();
    String key =
        page.getByLabel("API key", new Page.GetByLabelOptions().setExact(true)).inputValue();
    dashboard.button("I have stored it").click();
    dashboard.assertForgot(key);

    Map<String, String> headers = test.headers();
    headers.put("X-OM-Customer-Id", "your-customer-id");
    headers.put("X-OM-Api-Key", key);
    headers.put("X-OM-Metadata", "{\"plan\":\"gold <b>\"}");
    assertThat(call(headers)).isEqualTo(200);

    go("Activity");
    dashboard.filter("Customer").fill("your-customer-id");
    dashboard.filter("Customer").press("Enter");
    Locator rows = dashboard.rows("Events, newest first");
    assertThat(rows).hasCount(1);
    assertThat(rows).containsText("your-customer-id");
    rows.getByRole(AriaRole.BUTTON).click();
    assertThat(dashboard.dialog()).containsText("gold <b>");
    dashboard.assertSilent();
  }

  @Test
  void audit_afterAKeyWasMade_saysWhoMadeIt() throws Exception {
    Operator.signIn(test).createKey("to be audited");

    go("Audit");

    Locator entry = dashboard.rows("What operators did").filter(text("to be audited")).first();
    assertThat(entry).containsText("generated the API key");
    assertThat(entry).containsText(test.system().operatorName());
    dashboard.assertSilent();
  }

  @Test
  void message_thatNobodyCanBook_isADeadLetterWithItsCause() {
    new QueuedMessages(test).poison();

    Locator letter = deadLetter("{\"v\":7}");

    assertThat(letter).containsText(Pattern.compile("Cause\\s*\\S+"));
    assertThat(letter).containsText("\"v\": 7");
    dashboard.assertSilent();
  }

  @Test
  void deadLetter_redrivenFromThePage_isBooked() throws Exception {
    Map<String, String> headers = test.headers();
    call(headers);
    test.awaitEvent(headers.get("X-OM-Customer-Id"));
    String late = "late-" + headers.get("X-OM-Customer-Id");
    new QueuedMessages(test)
        .deadLetter(copyOfTheUsageOf(headers.get("X-OM-Customer-Id"), late), "the store was down");

    go("Pipeline");
    Locator row = dashboard.rows("Dead letters").filter(text("the store was down"));
    assertThat(row).containsText(late);
    row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Redrive")).click();
    dashboard.dialog().getByRole(AriaRole.BUTTON, named("Redrive")).click();

    assertThat(dashboard.panel("Dead letters"))
        .containsText("1 message was sent to the queue again");
    assertThat(row).hasCount(0);
    assertThat(test.awaitEvent(late).path("cost_status").asText()).isEqualTo("priced");
    dashboard.assertSilent();
  }

  private Locator deadLetter(String body) {
    go("Pipeline");
    Page page = dashboard.page();
    // The page asks the queue when it is looked at, and a worker may need a moment.
    Locator rows = dashboard.rows("Dead letters");
    for (int i = 0; i < 60 && rows.count() == 0; i++) {
      dashboard.button("Look again").click();
      page.waitForTimeout(500);
      dashboard.loaded();
    }
    rows.filter(text("v")).first().locator(".row-button").click();
    assertThat(dashboard.dialog()).isVisible();
    assertThat(body).isNotEmpty();
    return dashboard.dialog();
  }

  /** As another call of another customer. */
  private static String copyOfTheUsageOf(String customer, String other) throws Exception {
    String line =
        test.logged()
            .lines()
            .filter(l -> l.contains("\"event\":\"usage.record\"") && l.contains(customer))
            .findFirst()
            .orElseThrow();
    ObjectNode usage = (ObjectNode) TestSystem.JSON.readTree(line).path("usage");
    return usage.toString().replace(customer, other);
  }

  private void go(String link) {
    dashboard
        .page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
        .click();
    dashboard.loaded();
  }

  private static int call(Map<String, String> headers) throws Exception {
    return test.send(
            RawClient.post(
                    test.system().proxy(), "/v1/messages", RawClient.STREAMED_MESSAGE, headers)
                .build())
        .statusCode();
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
