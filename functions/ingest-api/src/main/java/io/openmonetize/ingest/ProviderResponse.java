package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.Endpoint;
import io.openmonetize.usage.RequestFacts;
import io.openmonetize.usage.ResponseFacts;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReaders;
import io.openmonetize.usage.UsageReading;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usage out of a provider's answer that was reported, whole or reduced to what bills. A
 * whole one holds the user's text: it goes no further than this.
 */
final class ProviderResponse {
  private static final String CUT = "the reported answer was cut before its end";

  private ProviderResponse() {}

  /**
   * Reads an answer.
   *
   * @param streamed whether it came as a stream; it is in its unary shape all the same
   * @param cut whether the stream ended before its end, so that its numbers are at best a lower
   *     bound
   */
  static UsageReading read(
      JsonNode answer,
      @Nullable Provider provider,
      @Nullable String requestedModel,
      boolean streamed,
      boolean cut) {
    if (provider == null) {
      return UsageReading.of(Usage.missing("provider_response without a provider"));
    }
    Optional<Endpoint> endpoint = ReportedEndpoint.of(answer, provider);
    if (endpoint.isEmpty()) {
      return UsageReading.of(Usage.missing("no usage of " + provider + " can be read"));
    }
    UsageReader reader =
        UsageReaders.of(
            new RequestFacts(endpoint.get(), requestedModel, streamed),
            new ResponseFacts(200, "application/json", null));
    byte[] bytes = Json.write(answer).getBytes(StandardCharsets.UTF_8);
    reader.read(bytes, 0, bytes.length);
    UsageReading reading = reader.finish(AnswerEnd.WHOLE);
    return cut ? cut(reading) : reading;
  }

  /** The document itself is whole, so the readers cannot know that the stream was not. */
  private static UsageReading cut(UsageReading reading) {
    return new UsageReading(
        cut(reading.usage()),
        reading.model(),
        reading.responseId(),
        reading.errorType(),
        reading.batchLines());
  }

  private static Usage cut(Usage usage) {
    if (usage.contradictsItself()) {
      return usage;
    }
    return switch (usage.status()) {
      case EXACT, ESTIMATED, PARTIAL ->
          new Usage(UsageStatus.PARTIAL, CUT, usage.terms(), usage.lines(), usage.raw());
      case MISSING -> Usage.missing(CUT);
      case NONE -> usage;
    };
  }
}
