package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.config.Environment;
import io.openmonetize.events.Provider;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.pricing.PriceBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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

  @Test
  void check_filledStore_showsTheEffectOnLastMonth() throws IOException {
    try (DynamoDbServer server = DynamoDbServer.start();
        DynamoDbClient client = server.client()) {
      RecordedCalls calls = new RecordedCalls(client);
      Instant lastMonth = Instant.parse("2026-10-31T23:59:59Z");
      // 0.25 dollars a million in the bundled book, and none for the other model.
      calls.book("a", "acme", Provider.OPENAI, "gpt-5-mini", lastMonth);
      calls.book("b", "globex", Provider.OPENAI, "gpt-5-mini", lastMonth);
      calls.book("c", "acme", Provider.OPENAI, "gpt-of-tomorrow", lastMonth);
      calls.book("d", "acme", Provider.OPENAI, "gpt-5-mini", lastMonth.plusSeconds(1));
      String newest =
          bundled()
              .replace("\"0.25\"", "\"0.125\"")
              .replace("\"gpt-5-nano\"", "\"gpt-of-tomorrow\", \"gpt-5-nano\"");

      check(newest, Map.of("OM_DYNAMODB_ENDPOINT", server.endpoint().toString()));
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .endsWith(
            """
            Of the 3 calls of 2026-10, in US dollars before and after:
              OPENAI gpt-5-mini, 2 calls: 0.50 -> 0.250; unpriced 0 -> 0
              OPENAI gpt-of-tomorrow, 1 calls: 0 -> 0.05; unpriced 1 -> 0
              all: 0.50 -> 0.300
            """);
  }

  private static String bundled() throws IOException {
    try (InputStream book = PriceBook.class.getResourceAsStream("price-book.json")) {
      return new String(book.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void check(String book) throws IOException {
    check(book, Map.of());
  }

  private void check(String book, Map<String, String> variables) throws IOException {
    new PricesCommand(
            new Environment(variables),
            folder,
            Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC),
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .check(book.getBytes(StandardCharsets.UTF_8));
  }
}
