package io.openmonetize.local;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page in light, in dark and on a phone, filled with usage of all kinds. */
@Timeout(180)
class PageLooksIT {
  @TempDir static Path folder;
  private static TestSystem test;
  private static Browsing browsing;

  @BeforeAll
  static void start() throws Exception {
    MadeUpLedger.fill(folder, 1_500, 12, 25);
    test = TestSystem.startOn(folder);
    new MixedTraffic(test).run();
    new QueuedMessages(test).poison();
    browsing = Browsing.start(test);
  }

  @AfterAll
  static void stop() {
    browsing.close();
    test.close();
  }

  @ParameterizedTest
  @EnumSource(DashboardPage.class)
  void page_inEachLook_isAccessibleAndFitsAndIsSilent(DashboardPage shown) throws Exception {
    try (Dashboard dashboard = browsing.open(shown.path(test))) {
      dashboard.loaded();
      looksWell(dashboard);
    }
  }

  @Test
  void signIn_inEachLook_isAccessibleAndFits() {
    try (Dashboard dashboard = browsing.openSignedOut("/overview")) {
      dashboard.loaded();
      // The browser itself reports the 401 that asks for the sign-in.
      dashboard.complaints().clear();
      looksWell(dashboard);
    }
  }

  private static void looksWell(Dashboard dashboard) {
    for (Look look : Look.values()) {
      look.on(dashboard.page());
      dashboard.assertAccessible();
      dashboard.assertNothingOverflowsSideways();
    }
    dashboard.assertSilent();
  }

  private enum Look {
    LIGHT(ColorScheme.LIGHT, 1280),
    DARK(ColorScheme.DARK, 1280),
    PHONE(ColorScheme.LIGHT, 390);

    private final ColorScheme scheme;
    private final int width;

    Look(ColorScheme scheme, int width) {
      this.scheme = scheme;
      this.width = width;
    }

    void on(Page page) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      page.setViewportSize(width, 800);
    }
  }
}
