package io.openmonetize.pricing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads price files. Prices are strings in them, so that no reader can make binary fractions of
 * them. A field that is not known is an error: a misspelt one would leave a price standing that its
 * author believes changed.
 */
final class PriceFileReader {
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(\\.\\d{1,18})?");
  private static final Set<String> REMARKS = Set.of("note", "source");

  private PriceFileReader() {}

  /**
   * @throws IllegalArgumentException when the file is not of its form; the message says where
   */
  static PriceFile read(byte[] file) {
    JsonNode root = parse(file);
    only(root, "version", "providers", "aliases", "additions", "terms", "unpriced");
    Map<Provider, List<PriceFile.Listed>> models = new EnumMap<>(Provider.class);
    for (Map.Entry<String, JsonNode> entry : root.path("providers").properties()) {
      models.put(provider(entry.getKey()), listed(entry.getValue()));
    }
    Map<Provider, Map<String, String>> aliases = new EnumMap<>(Provider.class);
    for (Map.Entry<String, JsonNode> entry : root.path("aliases").properties()) {
      Map<String, String> names = new HashMap<>();
      entry.getValue().properties().forEach(e -> names.put(e.getKey(), text(e.getValue())));
      aliases.put(provider(entry.getKey()), names);
    }
    List<PriceFile.Addition> additions = new ArrayList<>();
    root.path("additions").forEach(node -> additions.add(addition(node)));
    List<TermPrice> terms = new ArrayList<>();
    root.path("terms").forEach(node -> terms.add(term(node)));
    Map<Unpriced, String> unpriced = new HashMap<>();
    root.path("unpriced").forEach(node -> unpriced(node, unpriced));
    String version = root.has("version") ? text(root.get("version")) : "";
    return new PriceFile(version, models, aliases, additions, terms, unpriced);
  }

  /** Where the file says that its figures come from; empty where it does not. */
  static String source(byte[] file) {
    return parse(file).path("source").asText("");
  }

  private static List<PriceFile.Listed> listed(JsonNode list) {
    List<PriceFile.Listed> models = new ArrayList<>();
    Set<String> taken = new LinkedHashSet<>();
    for (JsonNode model : list) {
      only(model, "names", "periods");
      Set<String> names = names(required(model, "names"));
      for (String name : names) {
        if (!taken.add(name)) {
          throw new IllegalArgumentException(name + " is priced twice");
        }
      }
      String first = names.iterator().next();
      models.add(new PriceFile.Listed(names, new ModelPrices(first, periods(first, model))));
    }
    return models;
  }

  private static NavigableMap<Instant, PricePeriod> periods(String name, JsonNode model) {
    NavigableMap<Instant, PricePeriod> periods = new TreeMap<>();
    for (JsonNode period : required(model, "periods")) {
      only(period, "from", "per_million_tokens", "units", "above_input_tokens", "with_reasoning");
      if (periods.put(from(period), period(period)) != null) {
        throw new IllegalArgumentException(name + " has two prices from the same day");
      }
    }
    if (periods.isEmpty()) {
      throw new IllegalArgumentException(name + " has no period");
    }
    return periods;
  }

  private static PricePeriod period(JsonNode period) {
    List<PricePeriod.LongContext> longer = new ArrayList<>();
    for (JsonNode above : period.path("above_input_tokens")) {
      only(above, "input_tokens", "per_million_tokens");
      longer.add(
          new PricePeriod.LongContext(
              count(required(above, "input_tokens")),
              tokenPrices(required(above, "per_million_tokens"))));
    }
    return new PricePeriod(
        tokenPrices(required(period, "per_million_tokens")),
        units(period),
        longer,
        tokenPrices(period.path("with_reasoning")));
  }

  private static PriceFile.Addition addition(JsonNode node) {
    only(node, "provider", "models", "per_million_tokens", "same_price", "units");
    Map<TokenClass, TokenClass> same = new EnumMap<>(TokenClass.class);
    node.path("same_price")
        .properties()
        .forEach(e -> same.put(tokenClass(e.getKey()), tokenClass(text(e.getValue()))));
    if (!node.has("models") && (node.has("per_million_tokens") || node.has("same_price"))) {
      throw new IllegalArgumentException("only units have a price without models: " + node);
    }
    return new PriceFile.Addition(
        provider(text(required(node, "provider"))),
        node.has("models") ? names(node.get("models")) : Set.of(),
        tokenPrices(node.path("per_million_tokens")),
        same,
        units(node));
  }

  private static TermPrice term(JsonNode node) {
    only(
        node,
        "provider",
        "service_tier",
        "speed",
        "geography",
        "models",
        "classes",
        "from",
        "up_to_input_tokens",
        "times",
        "per_million_tokens");
    Term term = onlyTerm(node);
    if (node.has("times") == node.has("per_million_tokens")) {
      throw new IllegalArgumentException("a term has either times or per_million_tokens: " + node);
    }
    TermPrice.Effect effect =
        node.has("times")
            ? new TermPrice.Effect.Times(decimal(node.get("times")))
            : new TermPrice.Effect.Instead(tokenPrices(node.get("per_million_tokens")));
    return new TermPrice(
        provider(text(required(node, "provider"))),
        term,
        names(required(node, term.wireName())).stream()
            .map(value -> value.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        node.has("models") ? names(node.get("models")) : Set.of(),
        node.has("classes")
            ? names(node.get("classes")).stream()
                .map(PriceFileReader::tokenClass)
                .collect(Collectors.toSet())
            : EnumSet.allOf(TokenClass.class),
        from(node),
        node.has("up_to_input_tokens") ? count(node.get("up_to_input_tokens")) : Long.MAX_VALUE,
        effect);
  }

  private static Term onlyTerm(JsonNode node) {
    List<Term> named = Stream.of(Term.values()).filter(t -> node.has(t.wireName())).toList();
    if (named.size() != 1) {
      throw new IllegalArgumentException(
          "a term names one of service_tier, speed and geography: " + node);
    }
    return named.getFirst();
  }

  private static void unpriced(JsonNode node, Map<Unpriced, String> reasons) {
    only(node, "provider", "unit", "service_tier", "speed", "geography", "reason");
    String kind = node.has(Unpriced.UNIT) ? Unpriced.UNIT : onlyTerm(node).wireName();
    reasons.put(
        new Unpriced(provider(text(required(node, "provider"))), kind, text(required(node, kind))),
        text(required(node, "reason")));
  }

  private static Map<String, PricePeriod.UnitPrice> units(JsonNode node) {
    Map<String, PricePeriod.UnitPrice> units = new HashMap<>();
    for (Map.Entry<String, JsonNode> unit : node.path("units").properties()) {
      only(unit.getValue(), "usd", "per");
      BigDecimal per = decimal(required(unit.getValue(), "per"));
      if (per.signum() == 0) {
        throw new IllegalArgumentException(unit.getKey() + " is priced per none");
      }
      units.put(
          unit.getKey(), new PricePeriod.UnitPrice(decimal(required(unit.getValue(), "usd")), per));
    }
    return units;
  }

  private static Map<TokenClass, BigDecimal> tokenPrices(JsonNode prices) {
    Map<TokenClass, BigDecimal> byClass = new EnumMap<>(TokenClass.class);
    prices.properties().forEach(e -> byClass.put(tokenClass(e.getKey()), decimal(e.getValue())));
    return byClass;
  }

  private static Instant from(JsonNode node) {
    if (!node.has("from")) {
      return Instant.MIN;
    }
    String day = text(node.get("from"));
    try {
      return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("from is a day such as 2026-11-24, not " + day, e);
    }
  }

  private static TokenClass tokenClass(String name) {
    return TokenClass.ofWireName(name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is no token class"));
  }

  private static Provider provider(String name) {
    return Stream.of(Provider.values())
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " is no provider"));
  }

  private static BigDecimal decimal(JsonNode node) {
    if (!node.isTextual() || !DECIMAL.matcher(node.asText()).matches()) {
      throw new IllegalArgumentException("a price is a decimal in a string, not " + node);
    }
    return new BigDecimal(node.asText());
  }

  private static long count(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw new IllegalArgumentException("a number of tokens is a whole number, not " + node);
    }
    return node.longValue();
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new LinkedHashSet<>();
    list.forEach(name -> names.add(text(name)));
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a list of names is wanted, not " + list);
    }
    return names;
  }

  private static String text(JsonNode node) {
    if (!node.isTextual() || node.asText().isEmpty()) {
      throw new IllegalArgumentException("a string is wanted, not " + node);
    }
    return node.asText();
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing in " + node);
    }
    return value;
  }

  private static void only(JsonNode node, String... fields) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("an object is wanted, not " + node);
    }
    Set<String> known = Set.of(fields);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey()) && !REMARKS.contains(field.getKey())) {
        throw new IllegalArgumentException(field.getKey() + " is no field here");
      }
    }
  }

  private static JsonNode parse(byte[] file) {
    try {
      return new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .readTree(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }
}
