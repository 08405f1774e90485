package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The troubleshooting guide's own curl lines, with nothing but hosts and key replaced. */
@Timeout(120)
class GuideIT {
  private static final String HOSTED_PROXY = "https://proxy.openmonetize.io";
  private static final String LOCAL_PROXY = "http://localhost:8082";
  private static final String LOCAL_INGESTION = "http://localhost:8081";

  private static TestSystem test;

  /**
   * @param status 0 when curl could not say
   */
  private record Answer(int status, JsonNode body) {}

  @BeforeAll
  static void startSystem() throws Exception {
    assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "no curl");
    test = TestSystem.start();
  }

  @AfterAll
  static void stopSystem() {
    if (test != null) {
      test.close();
    }
  }

  @Test
  void proxysHealth_isOk() throws Exception {
    assertThat(curl("curl https://proxy.openmonetize.io/health").status()).isEqualTo(200);
  }

  @Test
  void proxysHealthOnItsLocalPort_isOk() throws Exception {
    Answer answer = curl("curl http://localhost:8082/health");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().has("status")).isTrue();
    assertThat(answer.body().has("service")).isTrue();
    assertThat(answer.body().has("version")).isTrue();
  }

  @Test
  void ingestionsHealth_isOk() throws Exception {
    assertThat(curl("curl http://localhost:8081/health").status()).isEqualTo(200);
  }

  @Test
  void proxysHealthByPost_isOk() throws Exception {
    assertThat(curl("curl -X POST https://proxy.openmonetize.io/health").status()).isEqualTo(200);
  }

  @Test
  void messageWithHeaders_reachesTheProviderAndIsBooked() throws Exception {
    Answer answer = curl(message(test.system().apiKey()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("type").asText()).isEqualTo("message");
    JsonNode event = test.awaitEvent("test");
    assertThat(event.path("model").asText()).isEqualTo("claude-sonnet-4-20250514");
    assertThat(event.path("feature_id").asText()).isEqualTo("test");
  }

  @Test
  void messageWithTheGuidesPlaceholderForAKey_isTheGuides401() throws Exception {
    Answer answer = curl(message("your-api-key"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body().path("error").path("code").asText()).isEqualTo("invalid_api_key");
  }

  private static String message(String key) {
    return """
    curl -X POST https://proxy.openmonetize.io/v1/messages \\
      -H "Content-Type: application/json" \\
      -H "X-OM-Customer-Id: test" \\
      -H "X-OM-User-Id: test" \\
      -H "X-OM-Feature-Id: test" \\
      -H "X-OM-Api-Key: your-api-key" \\
      -H "x-api-key: your-anthropic-key" \\
      -d '{"model": "claude-sonnet-4-20250514", "max_tokens": 10, "messages": [{"role": "user", "content": "Hi"}]}'
    """
        .replace("your-api-key", key);
  }

  private static Answer curl(String line) throws IOException, InterruptedException {
    String command =
        line.strip()
                .replace(HOSTED_PROXY, test.system().proxy().toString())
                .replace(LOCAL_PROXY, test.system().proxy().toString())
                .replace(LOCAL_INGESTION, test.system().ingestion().toString())
            + " -s --noproxy '*' -w '\\n%{http_code}'";
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    List<String> lines = new ArrayList<>(output.lines().toList());
    int status = Integer.parseInt(lines.removeLast());
    return new Answer(status, TestSystem.JSON.readTree(String.join("\n", lines)));
  }
}
