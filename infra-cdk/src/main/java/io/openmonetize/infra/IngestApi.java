package io.openmonetize.infra;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/** Takes usage events over HTTP, checks them and puts them into the queue. */
public final class IngestApi extends Construct {
  private final Function function;
  private final IFunction entrance;

  IngestApi(
      Construct scope,
      String id,
      Stage stage,
      Path artefact,
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
            ManagedJava.behindHttpApi(getNode(), artefact, "io.openmonetize.ingest.IngestFunction")
                .description("Checks usage events and enqueues them"),
            environment);
    tables.grantKeyLookup(function);
    queue.grantSending(function);
    entrance = ManagedJava.entrance(function);
  }

  Function function() {
    return function;
  }

  IFunction entrance() {
    return entrance;
  }
}
