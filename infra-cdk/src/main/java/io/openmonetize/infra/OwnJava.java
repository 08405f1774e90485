package io.openmonetize.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.Runtime;

/**
 * What all functions have in common: each package brings its own Java runtime for the processor
 * that it was built on, and a start script.
 */
final class OwnJava {
  /** An HTTP API gives up after 30 seconds; the function ends first, so that its log says why. */
  static final Duration BEHIND_HTTP_API = Duration.seconds(29);

  private OwnJava() {}

  /**
   * @param handler which of the package's handlers it is to be, by the name of its class
   */
  static FunctionProps.Builder function(
      Artefact artefact, String handler, int memorySize, Duration timeout) {
    return FunctionProps.builder()
        .runtime(Runtime.PROVIDED_AL2023)
        .architecture(artefact.architecture())
        .code(artefact.code())
        .handler(handler)
        .memorySize(memorySize)
        .timeout(timeout);
  }

  /** One with the usual memory, of which a share of a processor depends: above half of one. */
  static FunctionProps.Builder function(Artefact artefact, String handler, Duration timeout) {
    return function(artefact, handler, 1024, timeout);
  }
}
