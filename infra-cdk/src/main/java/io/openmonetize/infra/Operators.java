package io.openmonetize.infra;

import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * Makes operators, the first one above all, who can sign in to the dashboard. It has no URL:
 * whoever may invoke functions of the account may use it, and nobody else.
 */
public final class Operators extends Construct {
  /** Argon2id on a share of a processor, and a cold start. */
  private static final Duration TIMEOUT = Duration.seconds(30);

  private final Function function;

  Operators(Construct scope, String id, Stage stage, Artefact artefact, UsageTables tables) {
    super(scope, id);
    function =
        LeastPrivilegeFunction.create(
            this,
            stage,
            OwnJava.function(artefact, "io.openmonetize.query.OperatorsFunction", TIMEOUT)
                .description("Makes operators, for those who may invoke it"),
            Map.of("OM_CONTROL_TABLE", tables.controlName()));
    tables.grantMakingOperators(function);
  }

  Function function() {
    return function;
  }

  /** To be pasted into a shell. The answer holds a password, so it goes to the terminal only. */
  String command() {
    return "aws lambda invoke --region "
        + Aws.REGION
        + " --function-name "
        + function.getFunctionName()
        + " --cli-binary-format raw-in-base64-out --payload '{\"name\":\"admin\"}' /dev/stdout";
  }
}
