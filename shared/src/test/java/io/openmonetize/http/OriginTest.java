package io.openmonetize.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com, true, api.openai.com, 443, api.openai.com, ''",
    "https://api.openai.com:443/, true, api.openai.com, 443, api.openai.com, ''",
    "http://127.0.0.1:8080/a/b%2Fc//, false, 127.0.0.1, 8080, 127.0.0.1:8080, /a/b%2Fc",
    "http://[::1]:9, false, ::1, 9, [::1]:9, ''",
    "http://h:443, false, h, 443, h:443, ''",
  })
  void of_baseUrl_takesItApart(
      URI base, boolean tls, String host, int port, String authority, String prefix) {
    assertThat(Origin.of(base)).isEqualTo(new Origin(tls, host, port, authority, prefix));
  }
}
