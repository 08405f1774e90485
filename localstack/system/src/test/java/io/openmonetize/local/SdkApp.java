package io.openmonetize.local;

import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.CustomEvent;
import io.openmonetize.sdk.OpenMonetize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An application with a spool, in a process of its own: tracks a thousand events and waits to be
 * killed, or flushes what it finds.
 */
final class SdkApp {
  private static final int EVENTS = 1_000;

  private SdkApp() {}

  /**
   * @param arguments what to do, the file to make once that is done, the spool, the customer
   */
  public static void main(String[] arguments) throws Exception {
    OpenMonetize om =
        OpenMonetize.builder()
            .spoolDirectory(Path.of(arguments[2]))
            .flushInterval(Duration.ofMillis(20))
            .build();
    if (arguments[0].equals("flush")) {
      say(arguments[1], om.flush().toString());
      om.close();
      return;
    }
    for (int i = 0; i < EVENTS; i++) {
      om.trackCustomEvent(
          CustomEvent.builder()
              .who(Attribution.of(arguments[3], "ann", "f" + i))
              .unitType("pages")
              .quantity(3)
              .build());
    }
    say(arguments[1], om.stats().toString());
    Thread.sleep(Duration.ofMinutes(10).toMillis());
  }

  private static void say(String file, String text) throws Exception {
    Path part = Files.writeString(Path.of(file + ".part"), text);
    Files.move(part, Path.of(file));
  }
}
