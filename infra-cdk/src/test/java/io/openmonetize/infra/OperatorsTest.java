package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorsTest {
  private final SynthesizedSystem system = SynthesizedSystem.withAllOptions(Stage.PRODUCTION);

  /** IAM alone decides who may make operators: nothing of ours opens the function to anyone. */
  @Test
  void function_callers_areThoseWhomIamLetsOnly() {
    assertThat(system.services().findResources("AWS::Lambda::Url").values())
        .map(url -> SynthesizedSystem.object(url.get("Properties")))
        .extracting(url -> system.describe(url.get("TargetFunctionArn")))
        .containsExactly("Proxy/Function.Arn");
    assertThat(system.services().findResources("AWS::Lambda::Permission").values())
        .map(permission -> SynthesizedSystem.object(permission.get("Properties")))
        .extracting(permission -> system.describe(permission.get("FunctionName")))
        .isNotEmpty()
        .noneMatch(function -> function.startsWith("Operators/"));
    assertThat(system.services().findResources("AWS::ApiGatewayV2::Integration").values())
        .map(integration -> SynthesizedSystem.object(integration.get("Properties")))
        .extracting(integration -> system.describe(integration.get("IntegrationUri")))
        .noneMatch(function -> function.startsWith("Operators/"));
  }

  @Test
  void function_package_isTheQuerys() {
    assertThat(code("Operators")).isEqualTo(code("QueryApi"));
  }

  private Map<String, Object> code(String box) {
    return SynthesizedSystem.object(system.properties(box + "/Function").get("Code"));
  }
}
