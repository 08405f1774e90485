package io.openmonetize.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each panel shows while its data are awaited, when they fail, and where there are none. */
@Timeout(180)
class PanelStatesIT {
  /** A refusal: the page asks again by itself where the server failed, which takes seconds. */
  private static final Route.FulfillOptions REFUSAL =
      new Route.FulfillOptions()
          .setStatus(409)
          .setContentType("application/json")
          .setBody(
              """
              {"error":"CONFLICT","message":"The test says no.","request_id":"request-7"}\
              """);

  private static final Predicate<String> ANY = url -> url.contains("/v1/");
  private static final String MORE_THAN_ANY_REFRESH = "00:31";

  @TempDir static Path folder;
  private static TestSystem test;
  private static Browsing browsing;

  @BeforeAll
  static void start() throws Exception {
    MadeUpLedger.fill(folder, 1_000, 12, 25);
    test = TestSystem.startOn(folder);
    new MixedTraffic(test).run();
    browsing = Browsing.start(test);
  }

  @AfterAll
  static void stop() {
    browsing.close();
    test.close();
  }

  /** The call that a panel makes; {@code panels} of the page make the same. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "/overview, usage/summary, 1",
    "/overview, usage/series, 1",
    "/overview, usage/forecast, 1",
    "/overview, usage/breakdown.*group_by=customer&limit=5, 1",
    "/overview, usage/breakdown.*group_by=feature, 1",
    "/overview, events, 1",
    "/activity, usage/summary, 1",
    "/activity, events, 1",
    "/analytics, usage/series, 1",
    "/analytics, usage/breakdown, 1",
    "/customers, customers, 1",
    "/customers/initech, usage/summary, 1",
    "/customers/initech, usage/series, 1",
    "/customers/initech, usage/forecast, 1",
    "/customers/initech, usage/breakdown.*group_by=feature, 1",
    "/customers/initech, usage/breakdown.*group_by=model, 1",
    "/customers/initech, usage/breakdown.*group_by=user&limit=10(&|$), 1",
    "/customers/initech, events, 1",
    "/prices, prices, 3",
    "/pipeline, pipeline, 2",
    "/pipeline, pipeline/dead-letters, 1",
    "/pipeline, late-changes, 1",
    "/pipeline, reratings, 1",
    "/audit, audit, 1",
    "/settings/api-keys, api-keys, 1",
    "/settings/operators, operators, 1"
  })
  void panel_whoseCallIsSlowThenFails_saysSoAloneAndTriesAgain(
      String path, String call, int panels) {
    try (Dashboard dashboard = browsing.open("/settings/account")) {
      Page page = dashboard.loaded().page();
      Predicate<String> url = Pattern.compile("/v1/" + call + "(\\?|&|$)").asPredicate();
      List<Route> held = new ArrayList<>();
      AtomicReference<Consumer<Route>> answer = new AtomicReference<>(held::add);
      page.route(url, route -> answer.get().accept(route));

      dashboard.go(path);
      assertThat(dashboard.heading()).isVisible();
      assertThat(loading(page)).hasCount(panels);
      assertThat(errors(page)).hasCount(0);

      answer.set(route -> route.fulfill(REFUSAL));
      held.forEach(route -> route.fulfill(REFUSAL));
      assertThat(loading(page)).hasCount(0);
      assertThat(errors(page)).hasCount(panels);
      assertThat(errors(page).first()).containsText("The test says no.");
      assertThat(errors(page).first()).containsText("request-7");
      assertThat(dashboard.heading()).isVisible();

      answer.set(Route::resume);
      dashboard.button("Try again").first().click();
      assertThat(errors(page)).hasCount(0);
      dashboard.loaded();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/overview", "/analytics", "/customers", "/customers/initech", "/pipeline"})
  void page_thatCannotBeUpdated_keepsWhatItHadAndSaysSo(String path) {
    try (Dashboard dashboard = browsing.open("/settings/account")) {
      Page page = dashboard.loaded().page();
      // Far from the end of an hour, where a page that follows the clock asks for another range.
      long early = Instant.now().truncatedTo(ChronoUnit.HOURS).plusSeconds(60).toEpochMilli();
      page.clock().install(new Clock.InstallOptions().setTime(early));
      dashboard.go(path);
      dashboard.loaded();
      int tables = page.getByRole(AriaRole.TABLE).count();
      int figures = page.locator(".figure").count();

      page.route(ANY, route -> route.fulfill(REFUSAL));
      page.clock().fastForward(MORE_THAN_ANY_REFRESH);

      assertThat(page.locator(".stale").first()).containsText("ould not be updated");
      assertThat(errors(page)).hasCount(0);
      assertThat(page.getByRole(AriaRole.TABLE)).hasCount(tables);
      assertThat(page.locator(".figure")).hasCount(figures);
    }
  }

  @Test
  void activity_thatCannotBeUpdated_keepsItsEventsAndSaysSo() {
    try (Dashboard dashboard = browsing.open("/activity")) {
      Page page = dashboard.loaded().page();
      int rows = dashboard.rows("Events, newest first").count();

      page.route(ANY, route -> route.fulfill(REFUSAL));

      assertThat(page.getByRole(AriaRole.ALERT).filter(said("New events can’t be loaded")))
          .isVisible();
      assertThat(dashboard.rows("Events, newest first")).hasCount(rows);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/overview, 4",
    "/analytics, 2",
    "/customers, 1",
    "/customers/initech, 5",
    "/activity, 1"
  })
  void page_ofARangeWithoutCalls_saysSoInEachPanel(String path, int panels) {
    try (Dashboard dashboard = browsing.open(path + "?from=2020-01-01&to=2020-01-07")) {
      dashboard.loaded();

      assertThat(dashboard.page().locator("main .empty, main .state-panel:not(.error-panel)"))
          .hasCount(panels);
      assertThat(dashboard.page().locator(".totals:has-text('$0')")).hasCount(0);
      dashboard.assertAccessible();
      dashboard.assertSilent();
    }
  }

  @Test
  void deadLetters_none_saysSo() {
    try (Dashboard dashboard = browsing.open("/pipeline")) {
      dashboard.loaded();

      assertThat(dashboard.panel("Dead letters")).containsText("No dead letters");
    }
  }

  @Test
  void apiKeys_none_saysSo() {
    try (Dashboard dashboard = browsing.open("/settings/account")) {
      dashboard
          .loaded()
          .page()
          .route(
              url -> url.endsWith("/v1/api-keys"),
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("application/json")
                          .setBody("{\"data\":[]}")));
      dashboard.go("/settings/api-keys");

      assertThat(dashboard.page().locator("main")).containsText("No API keys yet");
      assertThat(dashboard.button("Generate New Key")).isVisible();
    }
  }

  /** Nothing was ever sent: in place of empty panels, the page says how to begin. */
  @ParameterizedTest
  @ValueSource(strings = {"/overview", "/activity", "/customers"})
  void page_ofASystemThatWasNeverCalled_saysHowToCallIt(String path) throws Exception {
    try (TestSystem unused = TestSystem.start();
        Browsing newcomer = Browsing.start(unused);
        Dashboard dashboard = newcomer.open(path)) {
      dashboard.loaded();

      assertThat(dashboard.page().locator("main")).containsText(unused.system().proxy().toString());
      assertThat(errors(dashboard.page())).hasCount(0);
      dashboard.assertAccessible();
      dashboard.assertSilent();
    }
  }

  @Test
  void analytics_withCallsThatHaveNoPrice_marksThemAndNeverShowsThemAsNothing() {
    try (Dashboard dashboard =
        browsing.open("/analytics?customer_id=initech&model=claude-nobody-lists")) {
      dashboard.loaded();

      assertThat(dashboard.panel("By model")).containsText("unpriced");
      assertThat(dashboard.panel("By model")).not().containsText("$0");
      assertThat(dashboard.page().locator(".unpriced-mark")).not().hasCount(0);
    }
  }

  @Test
  void answer_thatIsNoPageOfOurs_leavesThePageStanding() {
    try (Dashboard dashboard = browsing.open("/settings/account")) {
      dashboard.loaded();
      dashboard
          .page()
          .route(
              url -> url.contains("/v1/usage/series"),
              route -> route.fulfill(new Route.FulfillOptions().setBody("<html>gateway</html>")));
      dashboard.go("/overview");
      dashboard.loaded();

      assertThat(dashboard.panel("Cost by model")).containsText("The answer is not JSON.");
      assertThat(dashboard.rows("Top customers")).not().hasCount(0);
    }
  }

  @Test
  void server_thatFailsAtFirst_isAskedAgainWithoutBotheringAnybody() {
    try (Dashboard dashboard = browsing.open("/settings/account")) {
      List<String> asked = new ArrayList<>();
      dashboard
          .loaded()
          .page()
          .route(
              url -> url.contains("/v1/audit"),
              route -> {
                asked.add(route.request().url());
                if (asked.size() == 1) {
                  route.fulfill(new Route.FulfillOptions().setStatus(503));
                } else {
                  route.resume();
                }
              });
      dashboard.go("/audit");

      assertThat(dashboard.rows("What operators did")).not().hasCount(0);
      assertThat(asked).hasSizeGreaterThan(1);
    }
  }

  private static Locator loading(Page page) {
    return page.locator("main .skeleton, main .skeleton-block");
  }

  private static Locator errors(Page page) {
    return page.locator("main .error-panel");
  }

  private static Locator.FilterOptions said(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
