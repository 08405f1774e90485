package io.openmonetize.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityHeadersTest {
  private static final Request REQUEST =
      new Request(
          "GET",
          "/",
          "",
          "",
          Map.of(),
          List.of(),
          new byte[0],
          "127.0.0.1",
          "meter.example.com",
          "request-1");

  @ParameterizedTest
  @CsvSource({
    "https://a.lambda-url.eu-central-1.on.aws/, ' https://a.lambda-url.eu-central-1.on.aws'",
    "http://127.0.0.1:8082, ' http://127.0.0.1:8082'",
    "http://[::1]:8082/below/, ' http://[::1]:8082'",
    "https://name:secret@proxy.example/, ' https://proxy.example'",
    ", ''",
  })
  void add_proxyUrl_isTheOnlyOtherOriginThatThePageMayCall(@Nullable URI proxyUrl, String more) {
    Answer answer = new SecurityHeaders(proxyUrl).add(Answer.empty(204), REQUEST);

    assertThat(answer.headers().get("content-security-policy"))
        .contains("; connect-src 'self'" + more + ";");
  }
}
