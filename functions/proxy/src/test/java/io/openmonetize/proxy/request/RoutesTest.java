package io.openmonetize.proxy.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Provider;
import io.openmonetize.runtime.http1.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutesTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/messages, ANTHROPIC",
    "/v1/messages/count_tokens, ANTHROPIC",
    "/v1/messages/batches/b/results, ANTHROPIC",
    "/v1/complete, ANTHROPIC",
    "/v1/complete/, ANTHROPIC",
    "/v1beta/models/gemini-2.5-flash:generateContent, GOOGLE",
    "/v1beta/openai/chat/completions, GOOGLE",
    "/v1beta/cachedContents, GOOGLE",
    "/v1/models/gemini-2.5-flash:generateContent, GOOGLE",
    "/v1/models/gemini-2.5-flash:streamGenerateContent, GOOGLE",
    "/v1/models/gemini-2.5-flash%3AgenerateContent, GOOGLE",
    "/v1/models/gemini-2.5-flash%3astreamGenerateContent, GOOGLE",
    "/v1/models/ft%3Agpt-4o-mini%3Aacme, OPENAI",
    "/v1/projects/p/locations/l/publishers/google/models/m:generateContent, GOOGLE",
    "/v1/publishers/google/models/m:generateContent, GOOGLE",
    "/v1/tunedModels/t:generateContent, GOOGLE",
    "/v1/models%2Fgemini-2.5-flash:generateContent, GOOGLE",
    "/v1beta1/projects/p/locations/l/publishers/google/models/m:generateContent, GOOGLE",
    "/upload/v1beta/files, GOOGLE",
    "/download/v1beta/files/f:download, GOOGLE",
    "/v1//messages, ANTHROPIC",
    "/v1//chat//completions, OPENAI",
    "/v1/chat/completions, OPENAI",
    "/v1/responses, OPENAI",
    "/v1/responses/resp_1/cancel, OPENAI",
    "/v1/embeddings, OPENAI",
    "/v1/images/edits, OPENAI",
    "/v1/audio/transcriptions, OPENAI",
    "/v1/messages2, OPENAI",
    "/v1/completions, OPENAI",
    "/v1/models/ft:gpt-4o-mini:acme::abc, OPENAI",
  })
  void of_postedPath_goesToItsProviderAsItIs(String path, Provider provider) {
    assertThat(Routes.of(request("POST", path))).isEqualTo(new Route.Proxied(provider, path));
  }

  @ParameterizedTest
  @CsvSource({
    "/anthropic/v1/messages, ANTHROPIC, /v1/messages",
    "/openai/v1/models, OPENAI, /v1/models",
    "/gemini/upload/v1beta/files, GOOGLE, /upload/v1beta/files",
    "/openai/openai/deployments/d/chat/completions, OPENAI, /openai/deployments/d/chat/completions",
    "/anthropic/, ANTHROPIC, /",
    "/openai//v1/responses, OPENAI, /v1/responses",
    "/openai/openai//deployments/d/chat/completions, OPENAI,"
        + " /openai//deployments/d/chat/completions",
  })
  void of_prefixedPath_goesThereWithTheRest(String path, Provider provider, String rest) {
    assertThat(Routes.of(request("GET", path))).isEqualTo(new Route.Proxied(provider, rest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/", "/v2/x", "/V1/messages", "/anthropic", "/openaix/v1"})
  void of_otherPath_isUnknown(String path) {
    assertThat(Routes.of(request("POST", path))).isEqualTo(new Route.Unknown());
  }

  @Test
  void of_modelsList_goesByTheCallersHeaders() {
    assertThat(models("x-goog-api-key", "k")).isEqualTo(Provider.GOOGLE);
    assertThat(models("anthropic-version", "2023-06-01")).isEqualTo(Provider.ANTHROPIC);
    assertThat(models("authorization", "Bearer k")).isEqualTo(Provider.OPENAI);
    var entry =
        new FunctionUrlRequest(
            "GET", "/v1/models/m-1", "", Headers.of("x-goog-api-key", "k"), new byte[0]);
    assertThat(Routes.of(entry)).isEqualTo(new Route.Proxied(Provider.GOOGLE, "/v1/models/m-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void of_files_goByTheCallersHeaders(String method) {
    assertThat(files(method, "anthropic-version", "2023-06-01")).isEqualTo(Provider.ANTHROPIC);
    assertThat(files(method, "x-goog-api-key", "k")).isEqualTo(Provider.GOOGLE);
    assertThat(files(method, "authorization", "Bearer k")).isEqualTo(Provider.OPENAI);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST"})
  void of_health_isAnsweredHere(String method) {
    assertThat(Routes.of(request(method, "/health")))
        .isEqualTo(new Route.Health(Route.Probe.HEALTH));
    assertThat(Routes.of(request(method, "/health/live")))
        .isEqualTo(new Route.Health(Route.Probe.LIVE));
    assertThat(Routes.of(request(method, "/health/ready")))
        .isEqualTo(new Route.Health(Route.Probe.READY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/messages", "/health", "/nowhere"})
  void of_options_isAPreflight(String path) {
    assertThat(Routes.of(request("OPTIONS", path))).isEqualTo(new Route.Preflight());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT"})
  void of_methodThatNoProviderServes_isUnknown(String method) {
    assertThat(Routes.of(request(method, "/v1/messages"))).isEqualTo(new Route.Unknown());
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"ANTHROPIC", "OPENAI", "GOOGLE"})
  void of_climbingPath_isUnsafeForEveryProvider(Provider provider) {
    String prefix =
        switch (provider) {
          case ANTHROPIC -> "/anthropic";
          case OPENAI -> "/openai";
          default -> "/gemini";
        };
    assertThat(Routes.of(request("GET", prefix + "/v1/%2e%2e/%2e%2e/x")))
        .isEqualTo(new Route.Unsafe());
  }

  private static Provider models(String header, String value) {
    var request =
        new FunctionUrlRequest("GET", "/v1/models", "", Headers.of(header, value), new byte[0]);
    return ((Route.Proxied) Routes.of(request)).provider();
  }

  private static Provider files(String method, String header, String value) {
    var request =
        new FunctionUrlRequest(method, "/v1/files", "", Headers.of(header, value), new byte[0]);
    return ((Route.Proxied) Routes.of(request)).provider();
  }

  private static FunctionUrlRequest request(String method, String path) {
    return new FunctionUrlRequest(method, path, "", Headers.NONE, new byte[0]);
  }
}
