package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

class RepricingTest {
  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);

  @Test
  void schedule_onceADay_callsTheFunction() {
    Map<String, Object> rule = system.properties("Repricing/Daily");
    assertThat(rule).containsEntry("ScheduleExpression", "rate(1 day)");
    assertThat(SynthesizedSystem.list(rule.get("Targets")))
        .map(SynthesizedSystem::object)
        .map(target -> system.describe(target.get("Arn")))
        .isEqualTo(List.of("Repricing/Function.Arn"));
  }

  @Test
  void priceOverrides_given_isKnownToWhoPricesAndWhoShowsPrices() {
    SynthesizedSystem own = SynthesizedSystem.withAllOptions(Stage.DEV);

    for (String box : List.of("IngestWorker", "Repricing", "QueryApi")) {
      assertThat(own.variables(box)).containsEntry("OM_PRICE_OVERRIDES", "/opt/prices.json");
    }
    assertThat(own.variables("Proxy")).doesNotContainKey("OM_PRICE_OVERRIDES");
  }

  @Test
  void variables_pricesOfTheOperatorsOwn_areNamedWhereTheContextNamesThem() {
    Map<String, String> given = Map.of("A", "a");
    App without = new App();
    App with =
        new App(AppProps.builder().context(Map.of("priceOverrides", "/opt/prices.json")).build());

    assertThat(PriceOverrides.with(without.getNode(), given)).isEqualTo(given);
    assertThat(PriceOverrides.with(with.getNode(), given))
        .isEqualTo(Map.of("A", "a", "OM_PRICE_OVERRIDES", "/opt/prices.json"));
  }
}
