package io.openmonetize.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that an operator sees, in a real browser, on the whole running system. */
@Timeout(180)
class DashboardIT {
  /** Only a test that fails waits that long. */
  private static final double PATIENCE_MS = 60_000;

  private static TestSystem test;
  private static Chromium chromium;

  /** Signed in, with whatever the page said in its console. */
  private BrowserContext context;

  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    test = TestSystem.start();
    chromium = Chromium.launch();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    test.close();
  }

  @BeforeEach
  void open() {
    context = chromium.browser().newContext();
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void activity_afterAStreamedCall_showsItWithTokensAndCost() throws Exception {
    Map<String, String> headers = test.headers();
    String customer = headers.get("X-OM-Customer-Id");
    Page page = signedIn(context, "/#/activity?customer_id=" + customer);

    call(headers);

    Locator row = page.getByRole(AriaRole.TABLE).getByRole(AriaRole.ROW).filter(withText(customer));
    assertThat(row).containsText("claude-sonnet-4-5");
    JsonNode event = test.awaitEvent(customer);
    assertThat(row).containsText(event.path("input_tokens").asText());
    assertThat(row).containsText(event.path("output_tokens").asText());
    assertThat(row).containsText(Pattern.compile("\\$0\\.0*[1-9]"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void activity_filteredByCustomer_showsThatCustomersEventsWithTheirMetadata() throws Exception {
    Map<String, String> wanted = test.headers();
    wanted.put("X-OM-Metadata", "{\"plan\":\"gold <b>\"}");
    Map<String, String> other = test.headers();
    call(wanted);
    call(other);
    test.awaitEvent(wanted.get("X-OM-Customer-Id"));
    test.awaitEvent(other.get("X-OM-Customer-Id"));
    Page page = signedIn(context, "/#/activity");

    customerFilter(page).fill(wanted.get("X-OM-Customer-Id"));
    customerFilter(page).press("Enter");

    Locator table = page.getByRole(AriaRole.TABLE);
    assertThat(table).containsText(wanted.get("X-OM-Customer-Id"));
    assertThat(table).not().containsText(other.get("X-OM-Customer-Id"));
    page.reload();
    assertThat(customerFilter(page)).hasValue(wanted.get("X-OM-Customer-Id"));
    assertThat(table).not().containsText(other.get("X-OM-Customer-Id"));
    page.getByRole(AriaRole.BUTTON, named(Pattern.compile("^Details of the event"))).click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("gold <b>");
    assertThat(complaints).isEmpty();
  }

  @Test
  void apiKeys_generatedShownOnceUsedAndRevoked_asTheGuideSays() throws Exception {
    Page page = signedIn(context, "/api-keys");

    page.getByRole(AriaRole.BUTTON, named("Generate New Key")).click();
    page.getByRole(AriaRole.DIALOG).getByLabel("Name").fill("walk-through");
    page.getByRole(AriaRole.BUTTON, named("Generate key")).click();
    String key = page.getByLabel("API key", exactly()).inputValue();
    page.getByRole(AriaRole.BUTTON, named("I have stored it")).click();

    assertThat(key).startsWith("om_dev_");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(page.content()).doesNotContain(key);
    assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
        .asString()
        .doesNotContain(key);
    Map<String, String> headers = test.headers();
    headers.put("X-OM-Api-Key", key);
    assertThat(call(headers).statusCode()).isEqualTo(200);

    page.getByRole(AriaRole.BUTTON, named("Revoke walk-through")).click();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.TEXTBOX).fill("walk-through");
    page.getByRole(AriaRole.BUTTON, named("Revoke key")).click();

    assertThat(page.getByRole(AriaRole.ROW).filter(withText("walk-through")))
        .containsText("revoked");
    assertThat(complaints).isEmpty();
  }

  @Test
  void signIn_wrongPassword_saysSoAndStays() {
    Page page = context.newPage();
    page.navigate(test.system().dashboard().toString());

    signIn(page, "not the password");

    assertThat(page.getByRole(AriaRole.ALERT).filter(withText("password"))).isVisible();
    assertThat(page.getByLabel("Password")).isVisible();
  }

  @ParameterizedTest
  @CsvSource({
    "/#/activity, LIGHT, 1280",
    "/#/activity, DARK, 1280",
    "/#/activity, LIGHT, 390",
    "/#/settings/api-keys, LIGHT, 1280",
    "/#/settings/api-keys, DARK, 1280",
    "/#/settings/api-keys, LIGHT, 390"
  })
  void page_inEachThemeAndWidth_isAccessibleAndFits(String path, ColorScheme theme, int width)
      throws Exception {
    Map<String, String> headers = test.headers();
    call(headers);
    test.awaitEvent(headers.get("X-OM-Customer-Id"));
    Browser.NewContextOptions look =
        new Browser.NewContextOptions().setColorScheme(theme).setViewportSize(width, 800);
    try (BrowserContext looked = chromium.browser().newContext(look)) {
      Page page = signedIn(looked, path);
      page.getByRole(AriaRole.TABLE).waitFor();

      assertThat(new AxeBuilder(page).analyze().getViolations()).extracting(Rule::getId).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
          .asString()
          .matches("0|-\\d+");
      assertThat(complaints).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ANTHROPIC", "OPENAI", "GOOGLE"})
  void playground_callSent_showsTheAnswerAndThenItsCost(String provider) {
    Page page = signedIn(context, "/#/playground?provider=" + provider);

    page.getByLabel("OpenMonetize key").fill(test.system().apiKey());
    page.getByLabel(Pattern.compile("^Your .* key$")).fill("provider-key");
    page.getByRole(AriaRole.BUTTON, named("Send")).click();

    Locator booked = page.getByRole(AriaRole.REGION, named("Booked as"));
    assertThat(booked)
        .containsText(
            Pattern.compile("\\$0\\.0*[1-9]"),
            new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
    assertThat(page.getByRole(AriaRole.STATUS).filter(withText("complete"))).isVisible();
    assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
        .isEqualTo("[{},{}]");
    assertThat(complaints).isEmpty();
  }

  private static Locator customerFilter(Page page) {
    return page.getByRole(AriaRole.COMBOBOX, named("Customer"));
  }

  private Page signedIn(BrowserContext inContext, String path) {
    Page page = inContext.newPage();
    page.navigate(test.system().dashboard() + path);
    signIn(page, test.system().operatorPassword());
    assertThat(page.getByRole(AriaRole.BUTTON, named("Sign out"))).isVisible();
    // From here on: before it, the browser itself reports the 401 that asked for the sign-in.
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    return page;
  }

  private static void signIn(Page page, String password) {
    page.getByLabel("Name").fill(test.system().operatorName());
    page.getByLabel("Password").fill(password);
    page.keyboard().press("Enter");
  }

  private static HttpResponse<byte[]> call(Map<String, String> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(test.system().proxy() + "/v1/messages"))
            .header("Content-Type", "application/json")
            .header("x-api-key", "provider-key")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"model":"claude-sonnet-4-5","max_tokens":50,"stream":true,\
                    "messages":[{"role":"user","content":"Hi"}]}\
                    """));
    headers.forEach(request::header);
    return test.send(request.build());
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions named(Pattern name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Locator.FilterOptions withText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
