package io.openmonetize.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does, without a mouse: each step by keys alone, each place reached by Tab. */
@Timeout(180)
class KeyboardIT {
  private static final int STOPS_AT_MOST = 80;

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
  void signIn_typed_opensThePage() {
    try (Dashboard dashboard = browsing.openSignedOut("/customers")) {
      Page page = dashboard.loaded().page();

      tabTo(page, page.getByLabel("Name"));
      page.keyboard().type(test.system().operatorName());
      page.keyboard().press("Tab");
      page.keyboard().type(test.system().operatorPassword());
      page.keyboard().press("Enter");

      assertThat(dashboard.heading()).hasText("Customers");
    }
  }

  @Test
  void range_chosen_isInTheAddress() {
    try (Dashboard dashboard = browsing.open("/overview")) {
      Page page = dashboard.loaded().page();
      Locator range = page.locator(".range-picker button").first();

      tabTo(page, range);
      page.keyboard().press("Enter");
      tabTo(page, page.getByRole(AriaRole.LINK, named("Last 7 days")));
      page.keyboard().press("Enter");

      assertThat(page).hasURL(Pattern.compile("range=7d"));
      assertThat(range).containsText("Last 7 days");
      assertThat(range).isFocused();
    }
  }

  @Test
  void filter_chosenFromItsList_narrowsThePage() {
    try (Dashboard dashboard = browsing.open("/activity")) {
      Page page = dashboard.loaded().page();

      tabTo(page, dashboard.filter("Customer"));
      page.keyboard().type("customer-0001");
      assertThat(page.getByRole(AriaRole.OPTION, named("customer-0001"))).isVisible();
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");

      assertThat(page).hasURL(Pattern.compile("customer_id=customer-0001"));
      assertThat(dashboard.filter("Customer")).hasValue("customer-0001");
    }
  }

  @Test
  void drawer_closedByEscape_givesTheFocusBackToItsRow() {
    try (Dashboard dashboard = browsing.open("/activity")) {
      Page page = dashboard.loaded().page();
      Locator third = page.locator(".row-button").nth(2);

      tabTo(page, third);
      page.keyboard().press("Enter");
      assertThat(dashboard.dialog()).isVisible();
      assertThat(page).hasURL(Pattern.compile("event="));
      page.keyboard().press("Escape");

      assertThat(dashboard.dialog()).hasCount(0);
      assertThat(page).not().hasURL(Pattern.compile("event="));
      assertThat(third).isFocused();
    }
  }

  @Test
  void bar_drilledInto_leadsFromDayToHourToItsEvents() {
    try (Dashboard dashboard = browsing.open("/analytics")) {
      Page page = dashboard.loaded().page();
      Locator chart = page.locator(".chart-area");

      tabTo(page, chart);
      page.keyboard().press("End");
      page.keyboard().press("ArrowLeft");
      assertThat(page.locator(".chart [aria-live]")).containsText(Pattern.compile("\\$"));
      page.keyboard().press("Enter");
      assertThat(page).hasURL(Pattern.compile("rollup=hour"));
      dashboard.loaded();
      assertThat(page.locator(".bar")).hasCount(24);

      tabTo(page, chart);
      page.keyboard().press("Home");
      page.keyboard().press("Enter");
      assertThat(dashboard.heading()).hasText("Activity");
      assertThat(page).hasURL(Pattern.compile("from=.*T00"));
    }
  }

  @Test
  void key_generated_isShownAndForgottenWithItsDialog() {
    try (Dashboard dashboard = browsing.open("/settings/api-keys")) {
      Page page = dashboard.loaded().page();
      Locator opener = dashboard.button("Generate New Key");

      tabTo(page, opener);
      page.keyboard().press("Enter");
      page.keyboard().type("by keys alone");
      page.keyboard().press("Enter");
      Locator shown = dashboard.dialog().getByLabel("API key", exactly());
      assertThat(shown).isFocused();
      String key = shown.inputValue();
      tabTo(page, dashboard.button("I have stored it"));
      page.keyboard().press("Enter");

      assertThat(dashboard.dialog()).hasCount(0);
      assertThat(dashboard.rows("API keys").filter(text("by keys alone"))).isVisible();
      assertThat(opener).isFocused();
      assertThat(key).startsWith("om_dev_");
      dashboard.assertForgot(key);
    }
  }

  @Test
  void content_skippedTo_isPastTheHeader() {
    try (Dashboard dashboard = browsing.open("/overview")) {
      Page page = dashboard.loaded().page();

      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");

      assertThat(dashboard.filter("Customer")).isFocused();
    }
  }

  /** Presses Tab until the focus is there, and so shows that it can be reached. */
  private static void tabTo(Page page, Locator wanted) {
    wanted.waitFor();
    for (int i = 0; i < STOPS_AT_MOST; i++) {
      if ((boolean) wanted.evaluate("element => element === document.activeElement")) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError(wanted + " is not reached by Tab");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByLabelOptions exactly() {
    return new Locator.GetByLabelOptions().setExact(true);
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
