package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Template;

class StreamingProxyTest {
  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);
  private final Template template = system.services();

  @Test
  void functionUrl_invokeMode_streams() {
    template.resourceCountIs("AWS::Lambda::Url", 1);
    Map<String, Object> url = system.properties("Proxy/Function/FunctionUrl");
    assertThat(url)
        .containsEntry("InvokeMode", "RESPONSE_STREAM")
        .containsEntry("AuthType", "NONE");
    assertThat(system.describe(url.get("TargetFunctionArn"))).isEqualTo("Proxy/Function.Arn");
  }

  @Test
  void functionUrl_anyCaller_hasBothPermissionsAndNoOther() {
    List<Map<String, Object>> toAnyone =
        template.findResources("AWS::Lambda::Permission").values().stream()
            .map(resource -> SynthesizedSystem.object(resource.get("Properties")))
            .filter(permission -> permission.get("Principal").equals("*"))
            .toList();
    assertThat(toAnyone)
        .allSatisfy(
            permission ->
                assertThat(system.describe(permission.get("FunctionName")))
                    .isEqualTo("Proxy/Function.Arn"))
        .extracting(
            permission -> permission.get("Action"),
            permission -> permission.get("FunctionUrlAuthType"),
            permission -> permission.get("InvokedViaFunctionUrl"))
        .containsExactlyInAnyOrder(
            tuple("lambda:InvokeFunctionUrl", "NONE", null),
            tuple("lambda:InvokeFunction", null, true));
  }

  @Test
  void reservedConcurrency_isNoneUnlessTheOperatorCapsIt() {
    assertThat(system.properties("Proxy/Function"))
        .doesNotContainKey("ReservedConcurrentExecutions");
    SynthesizedSystem capped = SynthesizedSystem.withAllOptions(Stage.PRODUCTION);
    assertThat(capped.properties("Proxy/Function"))
        .containsEntry("ReservedConcurrentExecutions", 50);
    assertThat(capped.services().findResources("AWS::Lambda::Function").values())
        .filteredOn(
            function ->
                SynthesizedSystem.object(function.get("Properties"))
                    .containsKey("ReservedConcurrentExecutions"))
        .as("and no other function takes a part of the account's")
        .hasSize(1);
  }

  @Test
  void function_timeout_isThirteenMinutes() {
    assertThat(system.properties("Proxy/Function")).containsEntry("Timeout", 13 * 60);
  }
}
