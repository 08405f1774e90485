package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

class EventRetentionTest {
  @Test
  void eventRetentionDays_given_isKnownToWhoBooksWhoTakesInAndWhoShows() {
    SynthesizedSystem system = SynthesizedSystem.withAllOptions(Stage.DEV);

    assertThat(system.variables("IngestWorker"))
        .containsEntry("OM_EVENT_RETENTION_DAYS", "400")
        .containsKey("OM_USAGE_TABLE");
    assertThat(system.variables("IngestApi"))
        .containsEntry("OM_EVENT_RETENTION_DAYS", "400")
        .containsKey("OM_CONTROL_TABLE");
    assertThat(system.variables("QueryApi")).containsEntry("OM_EVENT_RETENTION_DAYS", "400");
    assertThat(system.variables("Proxy")).doesNotContainKey("OM_EVENT_RETENTION_DAYS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "3651", "1.5", "", "a year"})
  void eventRetentionDays_noSuchNumber_stopsTheSynthesis(String days) {
    App app = new App(AppProps.builder().context(Map.of("eventRetentionDays", days)).build());

    assertThatThrownBy(() -> EventRetention.environment(app.getNode()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eventRetentionDays");
  }
}
