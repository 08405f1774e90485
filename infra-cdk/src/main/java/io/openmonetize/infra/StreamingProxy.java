package io.openmonetize.infra;

import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.InvokeMode;
import software.constructs.Construct;

/**
 * The proxy behind a function URL, the one front door of Lambda that streams without a gateway. It
 * stays out of a VPC: there function URLs do not stream.
 */
public final class StreamingProxy extends Construct {
  /**
   * Below the 15 minutes that SQS can delay a message, so that a call's intent comes due only after
   * the call has surely ended.
   */
  private static final Duration TIMEOUT = Duration.minutes(13);

  private final Function function;
  private final FunctionUrl url;

  StreamingProxy(
      Construct scope,
      String id,
      Stage stage,
      Artefact artefact,
      UsageTables tables,
      UsageQueue queue) {
    super(scope, id);
    function =
        LeastPrivilegeFunction.create(
            this,
            stage,
            props(artefact),
            Map.of(
                "OM_CONTROL_TABLE", tables.controlName(),
                "OM_USAGE_QUEUE_URL", queue.url()));
    tables.grantKeyLookup(function);
    queue.grantSending(function);
    url =
        function.addFunctionUrl(
            FunctionUrlOptions.builder()
                // Provider SDKs cannot sign for AWS; the function checks its own key instead.
                .authType(FunctionUrlAuthType.NONE)
                .invokeMode(InvokeMode.RESPONSE_STREAM)
                .build());
  }

  private FunctionProps.Builder props(Artefact artefact) {
    FunctionProps.Builder props =
        OwnJava.function(artefact, "io.openmonetize.proxy.ProxyFunction", 512, TIMEOUT)
            .description("Streams calls to AI providers and meters them");
    reservedConcurrency().ifPresent(props::reservedConcurrentExecutions);
    return props;
  }

  /**
   * The most calls at once, {@code -c proxyReservedConcurrency=…}: a cap on what they can cost, and
   * on what a leaked key can do. A call beyond it gets a 429 from Lambda. Without it the proxy
   * shares the account's concurrency with all its other functions.
   *
   * @throws IllegalArgumentException when it is no whole number from 1 to 100,000
   */
  Optional<Integer> reservedConcurrency() {
    return Context.number(getNode(), Context.PROXY_RESERVED_CONCURRENCY, 1, 100_000);
  }

  Function function() {
    return function;
  }

  FunctionUrl url() {
    return url;
  }
}
