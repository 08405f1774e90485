package io.openmonetize.pricing;

import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One price file, read: the generated book, the hand-kept overlay and an operator's own prices have
 * the same form, and each may leave out what it has nothing to say of.
 *
 * @param version empty where the file names none
 * @param aliases other names of listed models
 * @param unpriced the reasons for what is known to have no price
 */
record PriceFile(
    String version,
    Map<Provider, List<Listed>> models,
    Map<Provider, Map<String, String>> aliases,
    List<Addition> additions,
    List<TermPrice> terms,
    Map<Unpriced, String> unpriced) {
  /** A model under all its names. */
  record Listed(Set<String> names, ModelPrices prices) {}

  /**
   * Prices that listed models have besides their own, in all their periods.
   *
   * @param models none for units that cost the same with every model, unless it lists its own price
   * @param samePrice classes that are billed at another class's price
   */
  record Addition(
      Provider provider,
      Set<String> models,
      Map<TokenClass, BigDecimal> perMillionTokens,
      Map<TokenClass, TokenClass> samePrice,
      Map<String, PricePeriod.UnitPrice> units) {}
}
