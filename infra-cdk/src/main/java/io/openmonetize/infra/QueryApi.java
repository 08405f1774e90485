package io.openmonetize.infra;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** Answers what was used and what it cost, manages keys and serves the dashboard. */
public final class QueryApi extends Construct {
  private final Function function;

  QueryApi(
      Construct scope,
      String id,
      Stage stage,
      Artefact artefact,
      UsageTables tables,
      UsageQueue queue,
      String proxyUrl) {
    super(scope, id);
    Map<String, String> environment = new HashMap<>(EventRetention.environment(getNode()));
    environment.put("OM_CONTROL_TABLE", tables.controlName());
    environment.put("OM_USAGE_TABLE", tables.usageName());
    environment.put("OM_USAGE_QUEUE_URL", queue.url());
    environment.put("OM_PROXY_URL", proxyUrl);
    function =
        LeastPrivilegeFunction.create(
            this,
            stage,
            OwnJava.function(
                    artefact, "io.openmonetize.query.QueryFunction", OwnJava.BEHIND_HTTP_API)
                .description("Answers queries and serves the dashboard"),
            PriceOverrides.with(getNode(), environment));
    tables.grantReading(function);
    tables.grantAdministration(function);
    queue.grantMeasuring(function);
    queue.grantRedriving(function);
  }

  Function function() {
    return function;
  }
}
