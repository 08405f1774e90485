package io.openmonetize.local;

import io.openmonetize.config.Environment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What {@code ./om load} makes up, in a folder for a system to start on. */
final class MadeUpLedger {
  private MadeUpLedger() {}

  /** Usage of the last days, up to the hour that runs. */
  static void fill(Path folder, int events, int customers, int days) throws IOException {
    PrintStream unheard =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new LoadCommand(new Environment(Map.of()), folder, Clock.systemUTC(), unheard)
        .run(
            List.of(
                "load",
                "--events",
                Integer.toString(events),
                "--customers",
                Integer.toString(customers),
                "--days",
                Integer.toString(days)));
  }
}
