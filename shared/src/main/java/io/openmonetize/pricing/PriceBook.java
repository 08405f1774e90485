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
 * date behind it ({@code claude-sonnet-4-5-20250929}, {@code gpt-3.5-turbo-instruct:20230824-v2});
 * never by the nearest name. Google's resource names ({@code publishers/google/models/…}) are the
 * model's name with a folder before it. What has no price is {@link Cost.Unpriced}, never zero.
 */
public final class PriceBook {
  private static final Pattern DATE_SUFFIX =
      Pattern.compile("(-(\\d{8}|\\d{4}-\\d{2}-\\d{2})|:\\d{8}-v\\d+)$");
  private static final Pattern RESOURCE_PREFIX =
      Pattern.compile("^(projects/[^/]+/locations/[^/]+/)?(publishers/google/)?models/");

  /** Picodollars: only a price per 3,600 seconds can need more, and is rounded to this. */
  private static final int UNIT_SCALE = 12;

  private static final int MILLION = 6;

  private final String version;
  private final Map<Provider, Map<String, ModelPrices>> models;
  private final Map<Provider, Map<String, PricePeriod.UnitPrice>> units;
  private final List<TermPrice> terms;
  private final Map<Unpriced, String> unpriced;

  /**
   * @param units what a unit costs with every model of a provider that lists no price of its own
   * @param terms the first that holds counts
   * @param unpriced the reason behind what is known to have no price
   */
  PriceBook(
      String version,
      Map<Provider, Map<String, ModelPrices>> models,
      Map<Provider, Map<String, PricePeriod.UnitPrice>> units,
      List<TermPrice> terms,
      Map<Unpriced, String> unpriced) {
    this.version = version;
    this.models = models;
    this.units = units;
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

  /** Everything that the book says, for showing. */
  public PriceListing listing() {
    return PriceListing.of(version, models, terms, unpriced);
  }

  /** What the event cost by the response's model, tier and time, to the last fraction of a cent. */
  public Cost price(UsageEvent event) {
    return explain(event).cost();
  }

  /** As {@link #price}, with the parts that add up to it. */
  public PriceBreakdown explain(UsageEvent event) {
    if (event.usage().status() == UsageStatus.NONE) {
      return new PriceBreakdown(new Cost.Priced(BigDecimal.ZERO, version), List.of());
    }
    if (event.usage().lines().isEmpty()) {
      return unpriced("what was used is not known");
    }
    if (event.provider() == null) {
      return unpriced("no provider named");
    }
    CostSum sum = new CostSum();
    String answering = called(event, event.usage().lines().getFirst());
    for (UsageLine line : event.usage().lines()) {
      String called = called(event, line);
      try {
        TokenCall call = call(event, event.provider(), called, answering, line);
        tokens(call, event.usage().terms(), sum);
        units(call, sum);
      } catch (NoPriceException e) {
        sum.addUnlisted(called, line, e.reason());
      }
    }
    return sum.breakdown(version);
  }

  private TokenCall call(
      UsageEvent event,
      Provider provider,
      @Nullable String called,
      @Nullable String answering,
      UsageLine line)
      throws NoPriceException {
    if (called == null) {
      throw new NoPriceException("no model named");
    }
    ModelPrices model =
        find(models.getOrDefault(provider, Map.of()), called)
            .orElseThrow(() -> new NoPriceException("no price for model " + called));
    PricePeriod period =
        model
            .at(event.timestamp())
            .map(atThatTime -> atThatTime.forTokens(line.tokens()))
            .orElseThrow(
                () -> new NoPriceException("no price for model " + called + " at that time"));
    long inputTokens = line.tokens().total(TokenClass.Side.INPUT);
    return new TokenCall(
        provider,
        called,
        !called.equals(answering),
        model,
        period,
        event.timestamp(),
        inputTokens,
        line);
  }

  private static @Nullable String called(UsageEvent event, UsageLine line) {
    if (line.model() != null) {
      return line.model();
    }
    return event.model() != null ? event.model() : event.requestedModel();
  }

  static Optional<ModelPrices> find(Map<String, ModelPrices> byName, String model) {
    String name = byName.containsKey(model) ? model : withoutResource(model);
    ModelPrices exact = byName.get(name);
    return exact != null
        ? Optional.of(exact)
        : Optional.ofNullable(byName.get(DATE_SUFFIX.matcher(name).replaceFirst("")));
  }

  private static String withoutResource(String model) {
    return RESOURCE_PREFIX.matcher(model).replaceFirst("");
  }

  private void tokens(TokenCall call, PricingTerms said, CostSum sum) {
    call.line()
        .tokens()
        .byClass()
        .forEach(
            (tokenClass, count) ->
                sum.add(
                    call.called(),
                    PricePart.Kind.TOKENS,
                    tokenClass.wireName(),
                    BigDecimal.valueOf(count),
                    quantity -> rate(perMillion(call, tokenClass, said), quantity)));
  }

  private static PricePart.Rate.Listed rate(BigDecimal perMillion, BigDecimal tokens) {
    return new PricePart.Rate.Listed(
        perMillion,
        BigDecimal.ONE.scaleByPowerOfTen(MILLION),
        perMillion.multiply(tokens).movePointLeft(MILLION));
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
    if (term == Term.SPEED && call.aside()) {
      throw new NoPriceException("whether " + call.called() + " ran " + value + " is not said");
    }
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

  private void units(TokenCall call, CostSum sum) {
    call.line()
        .units()
        .forEach(
            (unit, count) ->
                sum.add(
                    call.called(),
                    PricePart.Kind.UNITS,
                    unit,
                    count,
                    quantity -> rate(call, unit, quantity)));
  }

  private PricePart.Rate.Listed rate(TokenCall call, String unit, BigDecimal quantity)
      throws NoPriceException {
    PricePeriod.UnitPrice price = call.period().units().get(unit);
    if (price == null) {
      price = units.getOrDefault(call.provider(), Map.of()).get(unit);
    }
    if (price == null) {
      String why = unpriced.get(new Unpriced(call.provider(), Unpriced.UNIT, unit));
      throw new NoPriceException("no price for " + unit + (why == null ? "" : ": " + why));
    }
    return new PricePart.Rate.Listed(
        price.usd(),
        price.per(),
        quantity.multiply(price.usd()).divide(price.per(), UNIT_SCALE, RoundingMode.HALF_EVEN));
  }

  private PriceBreakdown unpriced(String reason) {
    return new PriceBreakdown(new Cost.Unpriced(reason, version), List.of());
  }
}
