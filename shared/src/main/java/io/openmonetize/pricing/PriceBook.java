package io.openmonetize.pricing;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prices by provider, model and time. A model is found by its exact name, or by its name with a
 * date behind it ({@code claude-sonnet-4-5-20250929}); never by the nearest name. What has no price
 * is {@link Cost.Unpriced}, never zero.
 */
public final class PriceBook {
  private static final Pattern DATE_SUFFIX = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2})$");

  /** Picodollars: only a price per 3,600 seconds can need more, and is rounded to this. */
  private static final int UNIT_SCALE = 12;

  private static final int MILLION = 6;

  private final String version;
  private final Map<Provider, Map<String, ModelPrices>> models;
  private final List<TermPrice> terms;
  private final Map<Unpriced, String> unpriced;

  /**
   * @param terms the first that holds counts
   * @param unpriced the reason behind what is known to have no price
   */
  PriceBook(
      String version,
      Map<Provider, Map<String, ModelPrices>> models,
      List<TermPrice> terms,
      Map<Unpriced, String> unpriced) {
    this.version = version;
    this.models = models;
    this.terms = terms;
    this.unpriced = unpriced;
  }

  /** The book that came with this build. */
  public static PriceBook bundled() {
    return PriceBookFiles.bundled();
  }

  /**
   * The bundled book under the operator's own prices, where {@code OM_PRICE_OVERRIDES} names a file
   * of them.
   *
   * @throws ConfigurationException when that file cannot be read or is not of its form; the message
   *     says where
   */
  public static PriceBook of(Environment environment) {
    return PriceBookFiles.of(environment, PriceBookFiles.generated());
  }

  /**
   * As {@link #of(Environment)}, with another generated book in the place of this build's.
   *
   * @throws IllegalArgumentException when that book is not of its form; the message says where
   */
  public static PriceBook of(Environment environment, byte[] generated) {
    return PriceBookFiles.of(environment, generated);
  }

  /** Its date and a digest of its contents, and the same of the operator's own prices. */
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
      BigDecimal usd = BigDecimal.ZERO;
      for (UsageLine line : event.usage().lines()) {
        TokenCall call = call(event, event.provider(), line);
        usd = usd.add(tokens(call, event.usage().terms())).add(units(call));
      }
      return new Cost.Priced(plain(usd), version);
    } catch (NoPriceException e) {
      return unpriced(e.reason());
    }
  }

  private TokenCall call(UsageEvent event, Provider provider, UsageLine line)
      throws NoPriceException {
    String called = called(event, line);
    if (called == null) {
      throw new NoPriceException("no model named");
    }
    ModelPrices model =
        find(models.getOrDefault(provider, Map.of()), called)
            .orElseThrow(() -> new NoPriceException("no price for model " + called));
    PricePeriod period =
        model
            .at(event.timestamp())
            .orElseThrow(
                () -> new NoPriceException("no price for model " + called + " at that time"));
    long inputTokens = line.tokens().total(TokenClass.Side.INPUT);
    return new TokenCall(provider, called, model, period, event.timestamp(), inputTokens, line);
  }

  private static @Nullable String called(UsageEvent event, UsageLine line) {
    if (line.model() != null) {
      return line.model();
    }
    return event.model() != null ? event.model() : event.requestedModel();
  }

  static Optional<ModelPrices> find(Map<String, ModelPrices> byName, String model) {
    ModelPrices exact = byName.get(model);
    return exact != null
        ? Optional.of(exact)
        : Optional.ofNullable(byName.get(DATE_SUFFIX.matcher(model).replaceFirst("")));
  }

  private BigDecimal tokens(TokenCall call, PricingTerms said) throws NoPriceException {
    BigDecimal millionths = BigDecimal.ZERO;
    for (Map.Entry<TokenClass, Long> entry : call.line().tokens().byClass().entrySet()) {
      BigDecimal perMillion = perMillion(call, entry.getKey(), said);
      millionths = millionths.add(perMillion.multiply(BigDecimal.valueOf(entry.getValue())));
    }
    return millionths.movePointLeft(MILLION);
  }

  private BigDecimal perMillion(TokenCall call, TokenClass tokenClass, PricingTerms said)
      throws NoPriceException {
    BigDecimal price =
        call.period()
            .perMillion(tokenClass, call.inputTokens())
            .or(() -> call.period().perMillion(StandIns.of(tokenClass), call.inputTokens()))
            .orElseThrow(() -> new NoPriceException("no price for " + tokenClass.wireName()));
    for (Term term : Term.values()) {
      Optional<String> value = term.special(said);
      if (value.isPresent()) {
        price = under(call, term, value.get(), tokenClass, price);
      }
    }
    return price;
  }

  private BigDecimal under(
      TokenCall call, Term term, String value, TokenClass tokenClass, BigDecimal standard)
      throws NoPriceException {
    Optional<BigDecimal> price =
        terms.stream()
            .filter(t -> t.holds(call, term, value, tokenClass))
            .findFirst()
            .flatMap(t -> t.apply(standard, tokenClass));
    if (price.isPresent()) {
      return price.get();
    }
    String what = "no price for " + term.spoken() + " " + value;
    String why = unpriced.get(new Unpriced(call.provider(), term.wireName(), value));
    throw new NoPriceException(
        why != null
            ? what + ": " + why
            : what + " of " + call.called() + " (" + tokenClass.wireName() + ")");
  }

  private BigDecimal units(TokenCall call) throws NoPriceException {
    BigDecimal usd = BigDecimal.ZERO;
    for (Map.Entry<String, BigDecimal> entry : call.line().units().entrySet()) {
      PricePeriod.UnitPrice price = call.period().units().get(entry.getKey());
      if (price == null) {
        String why = unpriced.get(new Unpriced(call.provider(), Unpriced.UNIT, entry.getKey()));
        throw new NoPriceException(
            "no price for " + entry.getKey() + (why == null ? "" : ": " + why));
      }
      usd =
          usd.add(
              entry
                  .getValue()
                  .multiply(price.usd())
                  .divide(price.per(), UNIT_SCALE, RoundingMode.HALF_EVEN));
    }
    return usd;
  }

  private Cost unpriced(String reason) {
    return new Cost.Unpriced(reason, version);
  }

  private static BigDecimal plain(BigDecimal usd) {
    BigDecimal stripped = usd.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
