package io.openmonetize.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads the two files of the bundled book: the generated {@code price-book.json} and the hand-kept
 * {@code price-overlay.json}. Prices are strings in both, so that no reader can make binary
 * fractions of them.
 */
final class PriceBookFiles {
  private static final int DIGEST_BYTES_SHOWN = 4;

  private PriceBookFiles() {}

  static PriceBook bundled() {
    return read(resource("price-book.json"), resource("price-overlay.json"));
  }

  /**
   * @throws IllegalArgumentException when a file is not of its form; the message says where
   */
  static PriceBook read(byte[] bookFile, byte[] overlayFile) {
    JsonNode book = parse(bookFile);
    JsonNode overlay = parse(overlayFile);
    Map<Provider, Map<String, ModelPrices>> models = new EnumMap<>(Provider.class);
    for (Map.Entry<String, JsonNode> provider : required(book, "providers").properties()) {
      Map<String, ModelPrices> byName = models(provider.getValue());
      aliases(overlay.path("aliases").path(provider.getKey()), byName);
      models.put(Provider.valueOf(provider.getKey()), byName);
    }
    Map<Provider, Map<String, BigDecimal>> tiers = new EnumMap<>(Provider.class);
    for (Map.Entry<String, JsonNode> provider : overlay.path("service_tiers").properties()) {
      tiers.put(Provider.valueOf(provider.getKey()), decimals(provider.getValue()));
    }
    String version = required(overlay, "version").asText() + "-" + digest(bookFile, overlayFile);
    return new PriceBook(version, models, tiers);
  }

  private static Map<String, ModelPrices> models(JsonNode list) {
    Map<String, ModelPrices> byName = new HashMap<>();
    for (JsonNode model : list) {
      NavigableMap<Instant, PricePeriod> periods = new TreeMap<>();
      for (JsonNode period : required(model, "periods")) {
        periods.put(from(period), period(period));
      }
      for (JsonNode name : required(model, "names")) {
        if (byName.put(name.asText(), new ModelPrices(periods)) != null) {
          throw new IllegalArgumentException(name.asText() + " is priced twice");
        }
      }
    }
    return byName;
  }

  private static void aliases(JsonNode aliases, Map<String, ModelPrices> byName) {
    for (Map.Entry<String, JsonNode> alias : aliases.properties()) {
      ModelPrices prices = byName.get(alias.getValue().asText());
      if (prices == null) {
        throw new IllegalArgumentException(alias.getKey() + " is an alias of nothing");
      }
      byName.putIfAbsent(alias.getKey(), prices);
    }
  }

  private static Instant from(JsonNode period) {
    return period.has("from")
        ? LocalDate.parse(period.get("from").asText()).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.MIN;
  }

  private static PricePeriod period(JsonNode period) {
    Map<String, PricePeriod.UnitPrice> units = new HashMap<>();
    for (Map.Entry<String, JsonNode> unit : period.path("units").properties()) {
      units.put(
          unit.getKey(),
          new PricePeriod.UnitPrice(
              decimal(required(unit.getValue(), "usd")),
              decimal(required(unit.getValue(), "per"))));
    }
    List<PricePeriod.LongContext> longer = new ArrayList<>();
    for (JsonNode above : period.path("above_input_tokens")) {
      longer.add(
          new PricePeriod.LongContext(
              required(above, "input_tokens").longValue(),
              tokenPrices(required(above, "per_million_tokens"))));
    }
    return new PricePeriod(tokenPrices(required(period, "per_million_tokens")), units, longer);
  }

  private static Map<TokenClass, BigDecimal> tokenPrices(JsonNode prices) {
    Map<TokenClass, BigDecimal> byClass = new EnumMap<>(TokenClass.class);
    decimals(prices)
        .forEach(
            (name, price) ->
                byClass.put(
                    TokenClass.ofWireName(name)
                        .orElseThrow(
                            () -> new IllegalArgumentException(name + " is no token class")),
                    price));
    return byClass;
  }

  private static Map<String, BigDecimal> decimals(JsonNode node) {
    Map<String, BigDecimal> decimals = new HashMap<>();
    node.properties().forEach(e -> decimals.put(e.getKey(), decimal(e.getValue())));
    return decimals;
  }

  private static BigDecimal decimal(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("a price is a decimal in a string, not " + node);
    }
    return new BigDecimal(node.asText());
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static JsonNode parse(byte[] file) {
    try {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = PriceBookFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[]... files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] file : files) {
        digest.update(file);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES_SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
