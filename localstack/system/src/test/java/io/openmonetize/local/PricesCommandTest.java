package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.config.Environment;
import io.openmonetize.pricing.PriceBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesCommandTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void check_withoutAStore_printsTheDifferenceAndSaysThatThereIsNoUsage() throws IOException {
    check(bundled().replace("\"0.25\"", "\"0.125\""));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("~ OPENAI gpt-5-mini, gpt-5-mini-2025-08-07\n")
        .contains("    input: 0.25 -> 0.125\n")
        .endsWith("No usage is recorded on this machine, so there is no effect to show.\n");
  }

  @Test
  void check_bookWithoutModelsOfTheOverlay_saysThatTheOverlayDoesNotFit() throws IOException {
    check("{\"providers\": {\"OPENAI\": []}}");

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("- OPENAI gpt-5-mini, gpt-5-mini-2025-08-07\n")
        .contains("The overlay does not fit it and has to be changed first: no model of ");
  }

  @Test
  void check_sameBook_saysThatNothingChanges() throws IOException {
    check(bundled());

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("It changes no price.\n");
  }

  private static String bundled() throws IOException {
    try (InputStream book = PriceBook.class.getResourceAsStream("price-book.json")) {
      return new String(book.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void check(String book) throws IOException {
    new PricesCommand(
            new Environment(Map.of()),
            folder,
            Clock.systemUTC(),
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .check(book.getBytes(StandardCharsets.UTF_8));
  }
}
