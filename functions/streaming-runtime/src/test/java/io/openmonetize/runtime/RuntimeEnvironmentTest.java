package io.openmonetize.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeEnvironmentTest {
  @Test
  void of_apiOnly_oneInvocationAtATime() {
    assertThat(RuntimeEnvironment.of(Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001")))
        .isEqualTo(new RuntimeEnvironment("127.0.0.1", 9001, 1, false));
  }

  @Test
  void of_everything_read() {
    assertThat(
            RuntimeEnvironment.of(
                Map.of(
                    "AWS_LAMBDA_RUNTIME_API", "localhost",
                    "AWS_LAMBDA_MAX_CONCURRENCY", "8",
                    "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")))
        .isEqualTo(new RuntimeEnvironment("localhost", 80, 8, true));
  }

  @Test
  void of_onDemand_isNoSnapStart() {
    assertThat(
            RuntimeEnvironment.of(
                    Map.of(
                        "AWS_LAMBDA_RUNTIME_API", "localhost:1",
                        "AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"))
                .snapStart())
        .isFalse();
  }

  @Test
  void of_noApi_refusedNamingTheVariable() {
    assertThatThrownBy(() -> RuntimeEnvironment.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_LAMBDA_RUNTIME_API");
  }

  @ParameterizedTest
  @ValueSource(strings = {":9001", "host:", "host:x", "host:0", "host:65536"})
  void of_apiWithoutHostOrPort_refused(String api) {
    assertThatThrownBy(() -> RuntimeEnvironment.of(Map.of("AWS_LAMBDA_RUNTIME_API", api)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_LAMBDA_RUNTIME_API");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "many"})
  void of_noSuchConcurrency_refused(String concurrency) {
    assertThatThrownBy(
            () ->
                RuntimeEnvironment.of(
                    Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        "h:1",
                        "AWS_LAMBDA_MAX_CONCURRENCY",
                        concurrency)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_LAMBDA_MAX_CONCURRENCY");
  }
}
