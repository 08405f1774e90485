package io.openmonetize.local;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ReducedMotion;

/** A browser in which an operator of a running system is signed in. */
final class Browsing implements AutoCloseable {
  private final TestSystem test;
  private final Chromium chromium;
  private final String signedIn;

  private Browsing(TestSystem test, Chromium chromium) {
    this.test = test;
    this.chromium = chromium;
    try (Dashboard dashboard = new Dashboard(test, chromium.browser().newContext())) {
      dashboard.go("/overview");
      dashboard.signIn();
      this.signedIn = dashboard.page().context().storageState();
    }
  }

  static Browsing start(TestSystem test) throws Exception {
    return new Browsing(test, Chromium.launch());
  }

  /** A new tab with nothing in it but the session. */
  Dashboard open(String path) {
    return open(path, new Browser.NewContextOptions());
  }

  Dashboard open(String path, Browser.NewContextOptions options) {
    Dashboard dashboard = tab(options.setStorageState(signedIn));
    dashboard.go(path);
    return dashboard;
  }

  /** A new tab of somebody who is not signed in. */
  Dashboard openSignedOut(String path) {
    Dashboard dashboard = tab(new Browser.NewContextOptions());
    dashboard.go(path);
    return dashboard;
  }

  private Dashboard tab(Browser.NewContextOptions options) {
    BrowserContext context =
        chromium.browser().newContext(options.setReducedMotion(ReducedMotion.REDUCE));
    return new Dashboard(test, context);
  }

  @Override
  public void close() {
    chromium.close();
  }
}
