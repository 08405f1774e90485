package io.openmonetize.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The dashboard in a tab of a browser: where things are on its pages, and what must always hold.
 */
final class Dashboard implements AutoCloseable {
  /** While a panel or a list waits for its data. */
  private static final String LOADING = "[aria-busy='true'], .skeleton, .skeleton-block";

  private final TestSystem test;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  Dashboard(TestSystem test, BrowserContext context) {
    this.test = test;
    this.context = context;
    this.page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
  }

  Page page() {
    return page;
  }

  /** What the page, or the browser about it, wrote to the console. */
  List<String> complaints() {
    return complaints;
  }

  void go(String path) {
    page.navigate(test.system().dashboard() + "/#" + path);
  }

  void signIn() {
    page.getByLabel("Name").fill(test.system().operatorName());
    page.getByLabel("Password").fill(test.system().operatorPassword());
    page.keyboard().press("Enter");
    assertThat(button("Sign out")).isVisible();
    // The browser itself reports the 401 that asked for the sign-in.
    complaints.clear();
  }

  /** Waits until nothing waits. */
  Dashboard loaded() {
    assertThat(heading()).isVisible();
    assertThat(page.locator(LOADING)).hasCount(0);
    return this;
  }

  Locator heading() {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
  }

  /** A part of a page that has its own data and states, by its heading. */
  Locator panel(String title) {
    return page.getByRole(
        AriaRole.REGION, new Page.GetByRoleOptions().setName(title).setExact(true));
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator filter(String name) {
    return page.getByRole(
        AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The rows of a table without that of its headings. */
  Locator rows(String table) {
    return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table).setExact(true))
        .locator("tbody tr");
  }

  /** The value beside a label, such as that of Cost among the totals. */
  Locator figure(String label) {
    return page.locator(".figure:has(dt:text-is('" + label + "')) .figure-value");
  }

  List<List<String>> download(Locator button) throws IOException {
    Download download = page.waitForDownload(button::click);
    return CsvText.parse(Files.readString(download.path()));
  }

  void assertAccessible() {
    assertThat(new AxeBuilder(page).analyze().getViolations())
        .extracting(Rule::getId, rule -> rule.getNodes().getFirst().getHtml())
        .isEmpty();
  }

  void assertNothingOverflowsSideways() {
    assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        .asString()
        .matches("0|-\\d+");
  }

  void assertSilent() {
    assertThat(complaints).isEmpty();
  }

  /** That a secret is neither in the page nor in what the browser keeps for it. */
  void assertForgot(String secret) {
    assertThat(page.content()).doesNotContain(secret);
    assertThat(page.locator("input").all()).noneMatch(input -> input.inputValue().equals(secret));
    assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
        .asString()
        .doesNotContain(secret);
  }

  @Override
  public void close() {
    context.close();
  }
}
