package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.constructs.Node;

class StageTest {
  @Test
  void of_noContext_isDev() {
    assertThat(Stage.of(nodeWith(Map.of()))).isEqualTo(Stage.DEV);
  }

  @Test
  void of_production_isProduction() {
    assertThat(Stage.of(nodeWith(Map.of("stage", "production")))).isEqualTo(Stage.PRODUCTION);
  }

  @Test
  void of_unknownWord_isRefused() {
    Node node = nodeWith(Map.of("stage", "prod"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stage.of(node))
        .withMessage("-c stage= must be dev or production, not prod");
  }

  private static Node nodeWith(Map<String, Object> context) {
    return new App(AppProps.builder().context(context).build()).getNode();
  }
}
