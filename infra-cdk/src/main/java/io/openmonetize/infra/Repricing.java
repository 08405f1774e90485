package io.openmonetize.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * Looks once a day whether the price book is another one, and then prices again what had no price.
 * A day on which it is not costs one read.
 */
public final class Repricing extends Construct {
  /** What it cannot finish in its longest time, the next day's call goes on with. */
  private static final Duration TIMEOUT = Duration.minutes(15);

  private final Function function;

  Repricing(Construct scope, String id, Stage stage, Artefact artefact, UsageTables tables) {
    super(scope, id);
    function =
        LeastPrivilegeFunction.create(
            this,
            stage,
            OwnJava.function(artefact, "io.openmonetize.worker.RepricingFunction", TIMEOUT)
                .description("Prices again what had no price"),
            PriceOverrides.with(getNode(), Map.of("OM_USAGE_TABLE", tables.usageName())));
    tables.grantRepricing(function);
    Rule.Builder.create(this, "Daily")
        .schedule(Schedule.rate(Duration.days(1)))
        .targets(List.of(LambdaFunction.Builder.create(function).build()))
        .build();
  }

  Function function() {
    return function;
  }
}
