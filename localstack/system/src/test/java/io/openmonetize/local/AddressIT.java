package io.openmonetize.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was chosen on a page is in its address, and there again when that is loaded anew. */
@Timeout(180)
class AddressIT {
  /** How calls ended, the first of the filters that only Activity has. */
  private static final String CALL = ".state-filter:has(.label:text-is('Call')) select";

  @TempDir static Path folder;
  private static TestSystem test;
  private static Browsing browsing;

  @BeforeAll
  static void start() throws Exception {
    MadeUpLedger.fill(folder, 500, 6, 10);
    test = TestSystem.startOn(folder);
    browsing = Browsing.start(test);
  }

  @AfterAll
  static void stop() {
    browsing.close();
    test.close();
  }

  @Test
  void activity_loadedAnew_hasItsRangeFiltersAndDrawer() {
    try (Dashboard dashboard = browsing.open("/activity")) {
      Page page = dashboard.loaded().page();
      chooseRange(page, "Last 7 days");
      choose(dashboard, "Customer", "customer-0001");
      page.locator(CALL).selectOption("ok");
      dashboard.loaded();
      page.locator(".row-button").nth(1).click();
      assertThat(dashboard.dialog()).containsText("customer-0001");
      String id = page.url();

      page.reload();

      assertThat(page).hasURL(id);
      assertThat(dashboard.dialog()).containsText("customer-0001");
      page.keyboard().press("Escape");
      assertThat(dashboard.filter("Customer")).hasValue("customer-0001");
      assertThat(page.locator(CALL)).hasValue("ok");
      assertThat(page.locator(".range-picker")).containsText("Last 7 days");
    }
  }

  @Test
  void analytics_loadedAnew_hasItsGroupMetricRollupAndView() {
    try (Dashboard dashboard = browsing.open("/analytics")) {
      Page page = dashboard.loaded().page();
      page.getByLabel("Metric").selectOption("output_tokens");
      page.getByLabel("Group by").selectOption("feature");
      page.getByLabel("By the").selectOption("week");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("View as table")).click();
      assertThat(dashboard.rows("Output tokens by feature")).not().hasCount(0);
      int rows = dashboard.loaded().rows("Output tokens by feature").count();

      page.reload();
      dashboard.loaded();

      assertThat(page.getByLabel("Metric")).hasValue("output_tokens");
      assertThat(page.getByLabel("Group by")).hasValue("feature");
      assertThat(page.getByLabel("By the")).hasValue("week");
      assertThat(dashboard.rows("Output tokens by feature")).hasCount(rows);
    }
  }

  @Test
  void range_ofOnePage_goesAlongToTheOthers() {
    try (Dashboard dashboard = browsing.open("/overview")) {
      Page page = dashboard.loaded().page();
      chooseRange(page, "Today");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Customers").setExact(true))
          .click();

      assertThat(dashboard.heading()).hasText("Customers");
      assertThat(page.locator(".range-picker")).containsText("Today");
    }
  }

  @Test
  void back_afterAFilterWasChosen_isThePageBefore() {
    try (Dashboard dashboard = browsing.open("/overview")) {
      Page page = dashboard.loaded().page();
      choose(dashboard, "Feature", "chat");
      assertThat(page).hasURL(Pattern.compile("feature_id=chat"));

      page.goBack();

      assertThat(dashboard.filter("Feature")).hasValue("");
      assertThat(dashboard.loaded().rows("Top features")).not().hasCount(1);
    }
  }

  @Test
  void address_thatWasSent_opensAfterTheSignIn() {
    try (Dashboard dashboard =
        browsing.openSignedOut("/analytics?group=customer&metric=events&range=7d")) {
      dashboard.loaded();
      dashboard.signIn();
      dashboard.loaded();

      assertThat(dashboard.heading()).hasText("Analytics");
      assertThat(dashboard.page().getByLabel("Metric")).hasValue("events");
      assertThat(dashboard.page().locator(".range-picker")).containsText("Last 7 days");
    }
  }

  private static void chooseRange(Page page, String name) {
    page.locator(".range-picker button").first().click();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
    assertThat(page.locator(".range-picker")).containsText(name);
  }

  private static void choose(Dashboard dashboard, String filter, String value) {
    dashboard.filter(filter).fill(value);
    dashboard.filter(filter).press("Enter");
    assertThat(dashboard.filter(filter)).hasValue(value);
  }
}
