package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapStartTest {
  private final SynthesizedSystem on = SynthesizedSystem.withAllOptions(Stage.PRODUCTION);

  @Test
  void snapStart_withoutTheOption_isNoneAndNothingIsPublished() {
    SynthesizedSystem off = SynthesizedSystem.of(Stage.PRODUCTION);
    off.services().resourceCountIs("AWS::Lambda::Version", 0);
    off.services().resourceCountIs("AWS::Lambda::Alias", 0);
    assertThat(off.properties("QueryApi/Function")).doesNotContainKey("SnapStart");
  }

  @ParameterizedTest
  @ValueSource(strings = {"IngestApi", "QueryApi"})
  void snapStart_functionsThatSomebodyWaitsFor_areCalledByTheirAlias(String box) {
    assertThat(on.properties(box + "/Function"))
        .containsEntry("SnapStart", Map.of("ApplyOn", "PublishedVersions"));
    Map<String, Object> alias = on.properties(box + "/Function/Live");
    assertThat(on.describe(alias.get("FunctionName"))).isEqualTo(box + "/Function");
    assertThat(on.describe(alias.get("FunctionVersion")))
        .isEqualTo(box + "/Function/CurrentVersion.Version");
    assertThat(on.services().findResources("AWS::ApiGatewayV2::Integration").values())
        .extracting(
            integration ->
                on.describe(
                    SynthesizedSystem.object(integration.get("Properties")).get("IntegrationUri")))
        .contains(box + "/Function/Live");
  }

  /** A permission for the function itself would not do for its alias: every call would be a 500. */
  @Test
  void permissions_ofTheHttpApi_areForTheAliases() {
    assertThat(on.services().findResources("AWS::Lambda::Permission").values())
        .map(permission -> SynthesizedSystem.object(permission.get("Properties")))
        .filteredOn(permission -> "apigateway.amazonaws.com".equals(permission.get("Principal")))
        .isNotEmpty()
        .allSatisfy(
            permission ->
                assertThat(on.describe(permission.get("FunctionName"))).endsWith("/Live"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Proxy", "IngestWorker", "Repricing", "Operators"})
  void snapStart_theOthers_startAsTheyAre(String box) {
    assertThat(on.properties(box + "/Function")).doesNotContainKey("SnapStart");
  }
}
