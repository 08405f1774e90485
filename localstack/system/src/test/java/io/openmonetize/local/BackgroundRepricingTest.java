package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.config.Environment;
import io.openmonetize.events.Provider;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.logging.Log;
import io.openmonetize.storage.RepricingState;
import io.openmonetize.storage.ReratingRuns;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class BackgroundRepricingTest {
  @TempDir Path folder;

  @Test
  @Timeout(60)
  void start_priceThatArrived_pricesWhatHadNone() throws Exception {
    Path prices =
        Files.writeString(
            folder.resolve("prices.json"),
            """
            {"providers": {"OPENAI": [
              {"names": ["gpt-of-tomorrow"], "periods": [{"per_million_tokens": {"input": "2"}}]}]}}
            """);
    try (DynamoDbServer server = DynamoDbServer.start();
        DynamoDbClient client = server.client()) {
      String table = Backends.TABLES.usage();
      new RecordedCalls(client)
          .book("a", "acme", Provider.OPENAI, "gpt-of-tomorrow", Instant.now());
      Environment environment =
          new Environment(
              Map.of(
                  "OM_DYNAMODB_ENDPOINT", server.endpoint().toString(),
                  "OM_USAGE_TABLE", table,
                  "OM_PRICE_OVERRIDES", prices.toString()));
      Log log = new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, Clock.systemUTC());

      BackgroundRepricing repricing =
          BackgroundRepricing.start(environment, Clock.systemUTC(), log);
      try {
        RepricingState state = new RepricingState(client, table);
        while (state.read().filter(RepricingState.Progress::done).isEmpty()) {
          Thread.sleep(20);
        }
      } finally {
        repricing.close();
      }

      assertThat(new ReratingRuns(client, table).list(9))
          .singleElement()
          .satisfies(run -> assertThat(run.totals().afterUsd()).isEqualByComparingTo("2"));
    }
  }
}
