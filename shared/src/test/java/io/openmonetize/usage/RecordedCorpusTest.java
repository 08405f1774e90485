package io.openmonetize.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Provider;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.usage.json.JsonFragments;
import io.openmonetize.usage.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the readers against recorded answers of the providers, which lie beside the repository and
 * not in it ({@code ../shared/corpus}): classes by a second, simpler mapping of the manifest's raw
 * usage, and the same reading at every split.
 */
class RecordedCorpusTest {
  /** Reasons for which a recorded answer with usage may be less than exact. */
  private static final Set<String> ACCEPTED =
      Set.of(
          "promptTokenCount was not said",
          "thinking is inferred from total_tokens",
          "the image tool's tokens were not said",
          "searches are counted from the output",
          "which kind of input was cached is not said",
          "the answer ended early",
          "a fallback model served: whether the declined model is billed is not said",
          "a fallback credit was redeemed: the provider prices this again");

  private static final Set<String> PROVIDERS = Set.of("anthropic", "openai", "gemini");

  record Fixture(
      String file,
      String endpoint,
      String provider,
      RequestFacts request,
      ResponseFacts response,
      JsonValue usage,
      String model,
      byte[] body) {}

  @TestFactory
  Stream<DynamicTest> read_recordedBody_equalsTheProvidersUsage() throws IOException {
    Optional<Path> corpus = corpus();
    if (corpus.isEmpty()) {
      System.out.println("No ../shared/corpus beside the repository: recorded bodies not read.");
      return Stream.empty();
    }
    return fixtures(corpus.get()).stream()
        .map(f -> DynamicTest.dynamicTest(f.file(), () -> check(f)));
  }

  private static void check(Fixture fixture) {
    UsageReading reading = whole(fixture);
    assertThat(classes(reading)).as(reading.toString()).isEqualTo(expected(fixture));
    checkStatus(fixture, reading.usage());
    if (!fixture.model().isEmpty() && reading.usage().status() != UsageStatus.NONE) {
      assertThat(reading.model()).isEqualTo(fixture.model());
    }
    Splits splits =
        Splits.of(fixture.request(), fixture.response(), fixture.body(), AnswerEnd.WHOLE);
    assertThat(splits.firstDifference()).isNull();
  }

  private static void checkStatus(Fixture fixture, Usage usage) {
    boolean free =
        fixture.response().status() >= 400 || fixture.request().endpoint().freeBecause() != null;
    if (free) {
      assertThat(usage.status()).isEqualTo(UsageStatus.NONE);
    } else if (!hasCounts(fixture.usage())) {
      // Where tokens are not said, images or seconds may still have been counted.
      assertThat(usage.status()).isIn(UsageStatus.MISSING, UsageStatus.ESTIMATED);
    } else if (usage.status() != UsageStatus.EXACT
        && !String.valueOf(usage.reason()).startsWith("the provider reported ")) {
      assertThat(ACCEPTED).contains(usage.reason());
    }
  }

  private static boolean hasCounts(JsonValue usage) {
    return usage instanceof JsonValue.JsonObject object
        && object.members().values().stream().anyMatch(JsonValue.JsonNumber.class::isInstance);
  }

  /** By a second, simpler mapping of the provider's usage object. */
  static Map<String, Long> expected(Fixture fixture) {
    return fixture.usage() instanceof JsonValue.JsonObject usage
        ? SimpleMapping.of(fixture.provider(), fixture.endpoint(), usage)
        : Map.of();
  }

  static Map<String, Long> classes(UsageReading reading) {
    Map<String, Long> classes = new TreeMap<>();
    reading
        .usage()
        .tokens()
        .byClass()
        .forEach((tokenClass, count) -> classes.put(tokenClass.wireName(), count));
    return classes;
  }

  static UsageReading whole(Fixture fixture) {
    return Readings.whole(fixture.request(), fixture.response(), fixture.body(), AnswerEnd.WHOLE);
  }

  /** Nothing where the recordings are not there. */
  static Optional<Path> corpus() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path corpus = folder.resolve("shared").resolve("corpus");
      if (Files.exists(corpus.resolve("manifest.json"))) {
        return Optional.of(corpus);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  static List<Fixture> fixtures(Path corpus) throws IOException {
    byte[] manifest = Files.readAllBytes(corpus.resolve("manifest.json"));
    JsonValue.JsonObject root = JsonFragments.object(manifest, 0, manifest.length).orElseThrow();
    List<Fixture> fixtures = new ArrayList<>();
    for (JsonValue element : ((JsonValue.JsonArray) root.get("fixtures")).elements()) {
      if (PROVIDERS.contains(SimpleMapping.text(element, "provider"))) {
        fixtures.add(fixture(corpus, (JsonValue.JsonObject) element));
      }
    }
    assertThat(fixtures).isNotEmpty();
    return fixtures;
  }

  private static Fixture fixture(Path corpus, JsonValue.JsonObject entry) throws IOException {
    String file = SimpleMapping.text(entry, "file");
    String provider = SimpleMapping.text(entry, "provider");
    String endpoint = SimpleMapping.text(entry, "endpoint");
    JsonValue request = entry.get("request");
    String recordedPath = SimpleMapping.text(request, "path");
    String path = recordedPath.isEmpty() ? path(endpoint) : recordedPath.split("\\?")[0];
    String method = SimpleMapping.text(request, "method");
    boolean streamed = SimpleMapping.text(entry, "wire").equals("sse");
    JsonValue.JsonObject expected = (JsonValue.JsonObject) entry.get("expected");
    return new Fixture(
        file,
        endpoint,
        provider,
        new RequestFacts(
            Endpoint.of(provider(provider), method.isEmpty() ? "POST" : method, path),
            requested(request),
            streamed),
        new ResponseFacts(
            Integer.parseInt(((JsonValue.JsonNumber) entry.get("status")).digits()),
            streamed ? "text/event-stream" : "application/json",
            null),
        expected.get("usage"),
        SimpleMapping.text(expected, "model"),
        Files.readAllBytes(corpus.resolve(file)));
  }

  private static @Nullable String requested(JsonValue request) {
    String model = SimpleMapping.text(request, "model");
    return model.isEmpty() ? null : model;
  }

  private static Provider provider(String name) {
    return switch (name) {
      case "anthropic" -> Provider.ANTHROPIC;
      case "openai" -> Provider.OPENAI;
      default -> Provider.GOOGLE;
    };
  }

  /** Some recordings hold no request. */
  private static String path(String endpoint) {
    return switch (endpoint) {
      case "messages" -> "/v1/messages";
      case "chat_completions" -> "/v1/chat/completions";
      case "completions" -> "/v1/completions";
      case "responses" -> "/v1/responses";
      case "images" -> "/v1/images/generations";
      case "audio_transcriptions" -> "/v1/audio/transcriptions";
      case "generateContent" -> "/v1beta/models/m:generateContent";
      case "embed" -> "/v1beta/models/m:batchEmbedContents";
      case "countTokens" -> "/v1beta/models/m:countTokens";
      case "interactions" -> "/v1beta/interactions";
      default -> "/v1/" + endpoint;
    };
  }
}
