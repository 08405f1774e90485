package io.openmonetize.infra;

import java.nio.file.Path;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.Runtime;

/** What the functions on Lambda's own Java runtime have in common. */
final class ManagedJava {
  /** An HTTP API gives up after 30 seconds; the function ends first, so that its log says why. */
  static final Duration BEHIND_HTTP_API = Duration.seconds(29);

  private ManagedJava() {}

  static FunctionProps.Builder function(Path artefact, String handlerClass, Duration timeout) {
    return FunctionProps.builder()
        .runtime(Runtime.JAVA_25)
        // Pure Java, so the cheaper processor.
        .architecture(Architecture.ARM_64)
        .code(Code.fromAsset(artefact.toString()))
        .handler(handlerClass + "::handleRequest")
        // The first call loads the AWS SDK: below 1 GB a share of a processor makes it seconds.
        .memorySize(1024)
        .timeout(timeout);
  }
}
