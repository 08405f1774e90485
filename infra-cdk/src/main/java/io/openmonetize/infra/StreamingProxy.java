package io.openmonetize.infra;

import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.InvokeMode;
import software.amazon.awscdk.services.lambda.Runtime;
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

  private final FunctionUrl url;

  StreamingProxy(
      Construct scope,
      String id,
      Stage stage,
      Path artefact,
      Architecture architecture,
      UsageTables tables,
      UsageQueue queue) {
    super(scope, id);
    Function function =
        LeastPrivilegeFunction.create(
            this,
            stage,
            FunctionProps.builder()
                .description("Streams calls to AI providers and meters them")
                .runtime(Runtime.PROVIDED_AL2023)
                .architecture(architecture)
                .code(Code.fromAsset(artefact.toString()))
                // The package's own bootstrap decides; Lambda wants the word.
                .handler("bootstrap")
                .memorySize(512)
                .timeout(TIMEOUT),
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

  String url() {
    return url.getUrl();
  }
}
