package io.openmonetize.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An application: tracks events of the features f0, f1 and so on, makes a file to say so, and ends
 * as it is told to.
 */
final class TrackingApp {
  private TrackingApp() {}

  /**
   * @param arguments server, spool folder or -, events, file to make, how it ends
   */
  public static void main(String[] arguments) throws Exception {
    OpenMonetizeBuilder settings =
        OpenMonetize.builder()
            .apiKey("om_live_child")
            .baseUrl(arguments[0])
            .flushInterval(Duration.ofMillis(20))
            .maxBatchSize(100);
    if (!arguments[1].equals("-")) {
      settings.spoolDirectory(Path.of(arguments[1]));
    }
    OpenMonetize client = settings.build();
    int events = Integer.parseInt(arguments[2]);
    for (int i = 0; i < events; i++) {
      client.trackCustomEvent(Fixture.event("f" + i));
    }
    Stats stats = client.stats();
    Path said = Path.of(arguments[3] + ".part");
    Files.writeString(said, stats.tracked() + " " + stats.dropped());
    Files.move(said, Path.of(arguments[3]));
    if (arguments[4].equals("stay")) {
      Thread.sleep(Duration.ofMinutes(10).toMillis());
    }
    if (arguments[4].equals("halt")) {
      Runtime.getRuntime().halt(0);
    }
  }
}
