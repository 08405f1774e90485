package io.openmonetize.pricing;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prices by provider, model and time. A model is found by its exact name, or by its name with a
 * date behind it ({@code claude-sonnet-4-5-20250929}); never by the nearest name. What has no price
 * is {@link Cost.Unpriced}, never zero.
 */
public final class PriceBook {
  private static final Pattern DATE_SUFFIX = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2})$");

  /** The words with which providers say that nothing special was bought. */
  private static final Set<String> STANDARD_TIERS = Set.of("standard", "default", "on_demand");

  private static final Set<String> STANDARD_GEOGRAPHIES = Set.of("global", "not_available");

  /** Picodollars: only a price per 3,600 seconds can need more, and is rounded to this. */
  private static final int UNIT_SCALE = 12;

  private static final int MILLION = 6;

  private final String version;
  private final Map<Provider, Map<String, ModelPrices>> models;
  private final Map<Provider, Map<String, BigDecimal>> tierMultipliers;

  PriceBook(
      String version,
      Map<Provider, Map<String, ModelPrices>> models,
      Map<Provider, Map<String, BigDecimal>> tierMultipliers) {
    this.version = version;
    this.models = models;
    this.tierMultipliers = tierMultipliers;
  }

  /** The book that came with this build. */
  public static PriceBook bundled() {
    return PriceBookFiles.bundled();
  }

  /** Its date and a digest of its contents. */
  public String version() {
    return version;
  }

  /** What the event cost by the response's model, tier and time, to the last fraction of a cent. */
  public Cost price(UsageEvent event) {
    if (event.usage().status() == UsageStatus.NONE) {
      return new Cost.Priced(BigDecimal.ZERO, version);
    }
    if (event.usage().lines().isEmpty()) {
      return unpriced("what was used is not known");
    }
    if (event.provider() == null) {
      return unpriced("no provider named");
    }
    try {
      BigDecimal multiplier = multiplier(event.provider(), event.usage().terms());
      BigDecimal usd = BigDecimal.ZERO;
      for (UsageLine line : event.usage().lines()) {
        usd = usd.add(price(event, line, multiplier));
      }
      return new Cost.Priced(plain(usd), version);
    } catch (NoPriceException e) {
      return unpriced(e.getMessage());
    }
  }

  private BigDecimal price(UsageEvent event, UsageLine line, BigDecimal multiplier)
      throws NoPriceException {
    PricePeriod period = period(event.provider(), model(event, line), event.timestamp());
    long inputTokens = line.tokens().total(TokenClass.Side.INPUT);
    BigDecimal tokens = BigDecimal.ZERO;
    for (Map.Entry<TokenClass, Long> entry : line.tokens().byClass().entrySet()) {
      BigDecimal perMillion = perMillion(period, entry.getKey(), inputTokens);
      tokens = tokens.add(perMillion.multiply(BigDecimal.valueOf(entry.getValue())));
    }
    BigDecimal usd = tokens.movePointLeft(MILLION).multiply(multiplier);
    for (Map.Entry<String, BigDecimal> entry : line.units().entrySet()) {
      usd = usd.add(unitPrice(period, entry.getKey(), entry.getValue()));
    }
    return usd;
  }

  private static @Nullable String model(UsageEvent event, UsageLine line) {
    if (line.model() != null) {
      return line.model();
    }
    return event.model() != null ? event.model() : event.requestedModel();
  }

  private PricePeriod period(@Nullable Provider provider, @Nullable String model, Instant time)
      throws NoPriceException {
    if (model == null) {
      throw new NoPriceException("no model named");
    }
    return find(models.getOrDefault(provider, Map.of()), model)
        .orElseThrow(() -> new NoPriceException("no price for model " + model))
        .at(time)
        .orElseThrow(() -> new NoPriceException("no price for model " + model + " at that time"));
  }

  private static Optional<ModelPrices> find(Map<String, ModelPrices> byName, String model) {
    ModelPrices exact = byName.get(model);
    return exact != null
        ? Optional.of(exact)
        : Optional.ofNullable(byName.get(DATE_SUFFIX.matcher(model).replaceFirst("")));
  }

  /**
   * Two classes have a stand-in: thinking is billed as output by all three providers, and images
   * and video in the input are billed as text unless the model lists a price of their own.
   */
  private static BigDecimal perMillion(PricePeriod period, TokenClass tokenClass, long inputTokens)
      throws NoPriceException {
    Optional<BigDecimal> own = period.perMillion(tokenClass, inputTokens);
    if (own.isPresent()) {
      return own.get();
    }
    TokenClass standIn =
        switch (tokenClass) {
          case REASONING -> TokenClass.OUTPUT;
          case INPUT_IMAGE, INPUT_VIDEO -> TokenClass.INPUT;
          case CACHE_READ_IMAGE, CACHE_READ_VIDEO -> TokenClass.CACHE_READ;
          default -> tokenClass;
        };
    return period
        .perMillion(standIn, inputTokens)
        .orElseThrow(() -> new NoPriceException("no price for " + tokenClass.wireName()));
  }

  private static BigDecimal unitPrice(PricePeriod period, String unit, BigDecimal quantity)
      throws NoPriceException {
    PricePeriod.UnitPrice price = period.units().get(unit);
    if (price == null) {
      throw new NoPriceException("no price for " + unit);
    }
    return quantity.multiply(price.usd()).divide(price.per(), UNIT_SCALE, RoundingMode.HALF_EVEN);
  }

  private BigDecimal multiplier(Provider provider, PricingTerms terms) throws NoPriceException {
    if (terms.speed() != null && !terms.speed().equalsIgnoreCase("standard")) {
      throw new NoPriceException("no price for speed " + terms.speed());
    }
    if (terms.geography() != null && !STANDARD_GEOGRAPHIES.contains(terms.geography())) {
      throw new NoPriceException("no price for geography " + terms.geography());
    }
    if (terms.serviceTier() == null
        || STANDARD_TIERS.contains(terms.serviceTier().toLowerCase(Locale.ROOT))) {
      return BigDecimal.ONE;
    }
    BigDecimal multiplier =
        tierMultipliers
            .getOrDefault(provider, Map.of())
            .get(terms.serviceTier().toLowerCase(Locale.ROOT));
    if (multiplier == null) {
      throw new NoPriceException("no price for service tier " + terms.serviceTier());
    }
    return multiplier;
  }

  private Cost unpriced(String reason) {
    return new Cost.Unpriced(reason, version);
  }

  private static BigDecimal plain(BigDecimal usd) {
    BigDecimal stripped = usd.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** Leaves the sums above free of a check after each step. */
  private static final class NoPriceException extends Exception {
    private static final long serialVersionUID = 1L;

    NoPriceException(String reason) {
      super(reason, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
