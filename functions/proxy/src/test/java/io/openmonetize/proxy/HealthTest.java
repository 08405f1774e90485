package io.openmonetize.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private final ProxyBench bench = new ProxyBench(URI.create("http://127.0.0.1:9"));

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void handle_health_saysWhoAnswers() {
    for (String method : new String[] {"GET", "HEAD", "POST"}) {
      RecordingResponder answer = ask(method, "/health");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.text())
          .isEqualTo("{\"status\":\"healthy\",\"service\":\"ai-proxy\",\"version\":\"1.2.3\"}");
    }
  }

  @Test
  void handle_live_asksNobody() {
    bench.keyStoreDown();
    assertThat(ask("GET", "/health/live").text())
        .isEqualTo("{\"status\":\"live\",\"service\":\"ai-proxy\",\"version\":\"1.2.3\"}");
  }

  @Test
  void handle_ready_saysSoWhenAllPartsAnswer() {
    RecordingResponder answer = ask("GET", "/health/ready");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("\"status\":\"ready\"").contains("\"key_store\":\"ok\"");
  }

  @Test
  void handle_readyWithAPartDown_says503() {
    bench.keyStoreDown();
    RecordingResponder answer = ask("GET", "/health/ready");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text())
        .contains("\"status\":\"not_ready\"")
        .contains("\"key_store\":\"down\"");
  }

  @Test
  void handle_otherMethod_isUnknown() {
    assertThat(ask("DELETE", "/health").status()).isEqualTo(404);
  }

  private RecordingResponder ask(String method, String path) {
    return bench.send(Request.of(method, path), new RecordingResponder());
  }
}
