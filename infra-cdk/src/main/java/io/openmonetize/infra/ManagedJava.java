package io.openmonetize.infra;

import java.nio.file.Path;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.constructs.Node;

/** What the functions on Lambda's own Java runtime have in common. */
final class ManagedJava {
  /** An HTTP API gives up after 30 seconds; the function ends first, so that its log says why. */
  private static final Duration BEHIND_HTTP_API = Duration.seconds(29);

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

  /**
   * A function that somebody waits for. With {@code -c snapStart=true} it starts from a snapshot of
   * its initialised self, which is for these only: nobody waits for the queue's worker or the daily
   * repricing.
   */
  static FunctionProps.Builder behindHttpApi(Node node, Path artefact, String handlerClass) {
    FunctionProps.Builder function = function(artefact, handlerClass, BEHIND_HTTP_API);
    return snapStart(node) ? function.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS) : function;
  }

  /** What the HTTP API calls: Lambda makes snapshots of published versions only. */
  static IFunction entrance(Function function) {
    if (!snapStart(function.getNode())) {
      return function;
    }
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "Its alias publishes each version.");
    return Alias.Builder.create(function, "Live")
        .aliasName("live")
        .version(function.getCurrentVersion())
        .build();
  }

  private static boolean snapStart(Node node) {
    return Context.flag(node, Context.SNAP_START);
  }
}
