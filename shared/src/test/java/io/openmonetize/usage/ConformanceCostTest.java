package io.openmonetize.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Source;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.usage.ConformanceCorpus.Case;
import io.openmonetize.usage.ConformanceCorpus.ExpectedCost;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Prices what is read of every body of our own corpus, and expects the cost that is written there:
 * the work of a script that knows nothing of this price book ({@code
 * build/prices/corpus-costs.mjs}), with the sum beside it. After a change of prices that script is
 * run again, and its changes are reviewed.
 */
class ConformanceCostTest {
  private static final PriceBook BOOK = PriceBook.bundled();
  private static final Instant WHEN =
      ConformanceCorpus.pricesAsOf().atStartOfDay(ZoneOffset.UTC).toInstant();

  static List<Case> cases() {
    return ConformanceCorpus.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void price_body_isTheSumInTheManifest(Case body) {
    UsageReading reading = Readings.whole(body.request(), body.response(), body.body(), body.end());
    List<ExpectedCost> costs = new ArrayList<>();
    costs.add(cost(body, reading.usage(), reading.model()));
    for (BatchLineReading line : reading.batchLines()) {
      costs.add(cost(body, line.usage(), line.model()));
    }
    assertThat(costs).isEqualTo(body.costs());
  }

  @Test
  void cases_all_areMostlyPriced() {
    assertThat(cases().stream().flatMap(c -> c.costs().stream()).filter(c -> c.usd().isPresent()))
        .hasSizeGreaterThan(100);
  }

  private static ExpectedCost cost(Case body, Usage usage, @Nullable String model) {
    Cost cost = BOOK.price(event(body.request(), usage, model));
    return new ExpectedCost(
        switch (cost) {
          case Cost.Priced(BigDecimal usd, String _) -> Optional.of(usd);
          case Cost.Unpriced _ -> Optional.empty();
        },
        cost.knownUsd());
  }

  private static UsageEvent event(RequestFacts request, Usage usage, @Nullable String model) {
    return new UsageEvent(
        "e",
        new EventIdentity.ById("e"),
        EventType.TOKEN_USAGE,
        WHEN,
        Source.PROXY,
        "dev",
        null,
        new Attribution("c", "u", null, "f", null),
        request.endpoint().provider(),
        model,
        request.requestedModel(),
        request.endpoint().wireName(),
        request.streamAsked(),
        usage,
        Call.REPORTED);
  }
}
