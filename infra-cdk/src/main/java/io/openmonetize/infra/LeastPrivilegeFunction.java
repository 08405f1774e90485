package io.openmonetize.infra;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A Lambda function with a role and a log group of its own. It may write to that log and do nothing
 * else until it is granted more; AWS's managed policy would let it write to every log of the
 * account.
 */
final class LeastPrivilegeFunction {
  private LeastPrivilegeFunction() {}

  /**
   * @param props all that is particular to the function, but for role, log and environment
   * @param environment variables besides those that every function has
   */
  static Function create(
      Construct scope, Stage stage, FunctionProps.Builder props, Map<String, String> environment) {
    LogGroup logs =
        LogGroup.Builder.create(scope, "Logs")
            .retention(stage.logRetention())
            .removalPolicy(stage.removalPolicy())
            .build();
    Role role =
        Role.Builder.create(scope, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    logs.grantWrite(role);
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("OM_STAGE", stage.configName());
    variables.put("LOG_LEVEL", "INFO");
    return new Function(
        scope, "Function", props.role(role).logGroup(logs).environment(variables).build());
  }
}
