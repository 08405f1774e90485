package io.openmonetize.sdk;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** A client whose pauses pass at once, and the server that it reports to. */
final class Fixture implements AutoCloseable {
  static final String KEY = "om_live_" + "5ec2e7".repeat(12);

  final FaultyIngestion server = new FaultyIngestion();
  final FakePacer pacer = new FakePacer();
  final RecordingLogger log = new RecordingLogger();
  final OpenMonetize client;

  Fixture() throws IOException {
    this(settings -> {});
  }

  Fixture(Consumer<OpenMonetizeBuilder> more) throws IOException {
    OpenMonetizeBuilder settings =
        new OpenMonetizeBuilder(Map.of())
            .apiKey(KEY)
            .baseUrl(server.url())
            .flushInterval(Duration.ZERO)
            .maxBatchSize(1000)
            .logger(log)
            .clock(pacer)
            .random(new Random(7))
            .pacer(pacer);
    more.accept(settings);
    client = settings.build();
  }

  static CustomEvent event(String feature) {
    return CustomEvent.builder()
        .who(Attribution.of("acme", "ann", feature))
        .unitType("pages")
        .quantity(BigDecimal.ONE)
        .build();
  }

  /** Features are {@code f0}, {@code f1} and so on. */
  void track(int events) {
    for (int i = 0; i < events; i++) {
      client.trackCustomEvent(event("f" + i));
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
