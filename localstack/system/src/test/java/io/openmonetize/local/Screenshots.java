package io.openmonetize.local;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./om screenshots}: pictures of every page, of a system that seems to have been used for
 * two months. No test, and so none that the build runs by itself.
 */
class Screenshots {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;
  private static final int PHONE_WIDTH = 390;

  @TempDir Path data;

  @Test
  void takeAll() throws Exception {
    Path folder = Path.of(System.getProperty("screenshots.folder", "target/screenshots"));
    Files.createDirectories(folder);
    MadeUpLedger.fill(data, 20_000, 40, 60);
    try (TestSystem test = TestSystem.startOn(data)) {
      new MixedTraffic(test).run();
      new QueuedMessages(test).poison();
      Operator.signIn(test).createKey("checkout service");
      try (Browsing browsing = Browsing.start(test)) {
        for (DashboardPage each : DashboardPage.values()) {
          take(browsing, each.path(test), folder.resolve(each.name().toLowerCase(Locale.ROOT)));
        }
        signIn(browsing, folder);
      }
    }
  }

  private static void take(Browsing browsing, String path, Path file) {
    Browser.NewContextOptions size = new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT);
    try (Dashboard dashboard = browsing.open(path, size)) {
      takeEachLook(dashboard, file);
    }
  }

  private static void signIn(Browsing browsing, Path folder) {
    try (Dashboard dashboard = browsing.openSignedOut("/overview")) {
      takeEachLook(dashboard, folder.resolve("sign_in"));
    }
  }

  private static void takeEachLook(Dashboard dashboard, Path file) {
    Page page = dashboard.loaded().page();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      picture(page, file + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png");
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(PHONE_WIDTH, HEIGHT);
    page.reload();
    dashboard.loaded();
    picture(page, file + "-phone.png");
  }

  private static void picture(Page page, String file) {
    // What stands over the page is as high as the window, not as the page.
    boolean whole = page.locator("dialog[open]").count() == 0;
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(file)).setFullPage(whole));
  }
}
