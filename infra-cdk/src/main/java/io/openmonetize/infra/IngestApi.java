package io.openmonetize.infra;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** Takes usage events over HTTP, checks them and puts them into the queue. */
public final class IngestApi extends Construct {
  private final Function function;

  IngestApi(
      Construct scope,
      String id,
      Stage stage,
      Artefact artefact,
      UsageTables tables,
      UsageQueue queue) {
    super(scope, id);
    Map<String, String> environment = new HashMap<>(EventRetention.environment(getNode()));
    environment.put("OM_CONTROL_TABLE", tables.controlName());
    environment.put("OM_USAGE_QUEUE_URL", queue.url());
    function =
        LeastPrivilegeFunction.create(
            this,
            stage,
            OwnJava.function(
                    artefact, "io.openmonetize.ingest.IngestFunction", OwnJava.BEHIND_HTTP_API)
                .description("Checks usage events and enqueues them"),
            environment);
    tables.grantKeyLookup(function);
    queue.grantSending(function);
  }

  Function function() {
    return function;
  }
}
