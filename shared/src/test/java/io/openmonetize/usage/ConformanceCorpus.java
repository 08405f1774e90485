package io.openmonetize.usage;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.usage.json.JsonFragments;
import io.openmonetize.usage.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The corpus of the {@code events} module, as its README describes it. */
final class ConformanceCorpus {
  private static final String FOLDER = "/conformance/";

  /** What one line of usage, of one model, must be. */
  record ExpectedLine(
      @Nullable String model, Map<String, Long> tokens, Map<String, BigDecimal> units) {}

  /** What a reading must say. */
  record Expected(
      String status,
      @Nullable String reason,
      @Nullable String model,
      @Nullable String responseId,
      @Nullable String errorType,
      PricingTerms terms,
      List<ExpectedLine> lines) {}

  /** A line of a batch. */
  record ExpectedBatchLine(@Nullable String customId, Expected expected) {}

  /**
   * What a reading must cost.
   *
   * @param usd empty where there is no price
   * @param knownUsd what it costs at least
   */
  record ExpectedCost(Optional<BigDecimal> usd, BigDecimal knownUsd) {}

  /**
   * One body and all that is known of it.
   *
   * @param costs of the answer, then of each line of a batch
   */
  record Case(
      String file,
      RequestFacts request,
      ResponseFacts response,
      AnswerEnd end,
      Expected expected,
      List<ExpectedBatchLine> batch,
      List<ExpectedCost> costs,
      byte[] body) {
    @Override
    public String toString() {
      return file;
    }
  }

  private ConformanceCorpus() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (JsonValue element : array(manifest(), "cases")) {
      cases.add(oneCase((JsonValue.JsonObject) element));
    }
    return cases;
  }

  /** The day whose prices the costs are of. */
  static LocalDate pricesAsOf() {
    return LocalDate.parse(String.valueOf(text(manifest(), "prices_as_of")));
  }

  private static JsonValue.JsonObject manifest() {
    byte[] manifest = resource("manifest.json");
    return JsonFragments.object(manifest, 0, manifest.length).orElseThrow();
  }

  private static ExpectedCost cost(JsonValue.JsonObject expected) {
    Optional<BigDecimal> usd = Optional.ofNullable(text(expected, "cost_usd")).map(BigDecimal::new);
    Optional<BigDecimal> known =
        Optional.ofNullable(text(expected, "known_cost_usd")).map(BigDecimal::new);
    return new ExpectedCost(usd, usd.or(() -> known).orElse(BigDecimal.ZERO));
  }

  private static Case oneCase(JsonValue.JsonObject entry) {
    JsonValue.JsonObject expected = (JsonValue.JsonObject) entry.get("expected");
    Provider provider = Provider.valueOf(String.valueOf(text(entry, "provider")));
    String path = String.valueOf(text(entry, "path"));
    String method = String.valueOf(text(entry, "method"));
    List<ExpectedBatchLine> batch = new ArrayList<>();
    List<ExpectedCost> costs = new ArrayList<>();
    costs.add(cost(expected));
    for (JsonValue line : array(expected, "batch")) {
      batch.add(
          new ExpectedBatchLine(
              text((JsonValue.JsonObject) line, "custom_id"),
              expected((JsonValue.JsonObject) line)));
      costs.add(cost((JsonValue.JsonObject) line));
    }
    String file = String.valueOf(text(entry, "file"));
    return new Case(
        file,
        new RequestFacts(
            Endpoint.of(provider, method, path),
            text(entry, "requested_model"),
            entry.get("stream").equals(new JsonValue.JsonBoolean(true)),
            number(entry, "input_characters").map(BigDecimal::longValueExact).orElse(null)),
        new ResponseFacts(
            number(entry, "status").orElseThrow().intValueExact(),
            text(entry, "content_type"),
            text(entry, "content_encoding")),
        AnswerEnd.valueOf(String.valueOf(text(entry, "end")).toUpperCase(Locale.ROOT)),
        expected(expected),
        batch,
        costs,
        resource(file));
  }

  private static Expected expected(JsonValue.JsonObject entry) {
    JsonValue.JsonObject terms = (JsonValue.JsonObject) entry.get("terms");
    List<ExpectedLine> lines = new ArrayList<>();
    for (JsonValue line : array(entry, "lines")) {
      lines.add(line((JsonValue.JsonObject) line));
    }
    return new Expected(
        String.valueOf(text(entry, "status")),
        text(entry, "reason"),
        text(entry, "model"),
        text(entry, "response_id"),
        text(entry, "error_type"),
        new PricingTerms(
            text(terms, "service_tier"), text(terms, "speed"), text(terms, "geography")),
        lines);
  }

  private static ExpectedLine line(JsonValue.JsonObject line) {
    Map<String, Long> tokens = new TreeMap<>();
    ((JsonValue.JsonObject) line.get("tokens"))
        .members()
        .forEach(
            (name, count) ->
                tokens.put(name, Long.parseLong(((JsonValue.JsonNumber) count).digits())));
    Map<String, BigDecimal> units = new TreeMap<>();
    if (line.get("units") instanceof JsonValue.JsonObject said) {
      said.members()
          .forEach(
              (name, quantity) ->
                  units.put(name, new BigDecimal(((JsonValue.JsonString) quantity).text())));
    }
    return new ExpectedLine(text(line, "model"), tokens, units);
  }

  private static List<JsonValue> array(JsonValue.JsonObject object, String name) {
    return object.get(name) instanceof JsonValue.JsonArray array ? array.elements() : List.of();
  }

  private static @Nullable String text(JsonValue.JsonObject object, String name) {
    return object.get(name) instanceof JsonValue.JsonString string ? string.text() : null;
  }

  private static Optional<BigDecimal> number(JsonValue.JsonObject object, String name) {
    return object.get(name) instanceof JsonValue.JsonNumber number
        ? Optional.of(new BigDecimal(number.digits()))
        : Optional.empty();
  }

  private static byte[] resource(String file) {
    try (InputStream stream = ConformanceCorpus.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new IllegalArgumentException("not in the corpus: " + file);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
