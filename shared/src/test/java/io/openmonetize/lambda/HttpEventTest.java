package io.openmonetize.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEventTest {
  @Test
  void read_eventOfAnHttpApi_hasAllThatIsWanted() throws Exception {
    HttpEvent event =
        read(
            """
            {"version":"2.0","routeKey":"$default","rawPath":"/prod/a%2Fb","rawQueryString":"x=1&x=2",
             "cookies":["a=1","b=2"],"headers":{"Host":"h","x-two":"1,2"},
             "queryStringParameters":{"x":"1,2"},"pathParameters":null,
             "requestContext":{"accountId":"1","authentication":null,"authorizer":{"jwt":{"x":[1]}},
               "domainName":"d","http":{"method":"POST","path":"/p","sourceIp":"203.0.113.9"},
               "requestId":"r-1","stage":"prod","timeEpoch":1},
             "body":"h\\u00e9","isBase64Encoded":false}
            """);

    assertThat(event.method()).isEqualTo("POST");
    assertThat(event.rawPath()).isEqualTo("/prod/a%2Fb");
    assertThat(event.rawQuery()).isEqualTo("x=1&x=2");
    assertThat(event.cookies()).containsExactly("a=1", "b=2");
    assertThat(event.headers()).containsEntry("host", "h").containsEntry("x-two", "1,2");
    assertThat(event.bytes()).isEqualTo("hé".getBytes(UTF_8));
    assertThat(event.stage()).isEqualTo("prod");
    assertThat(event.sourceIp()).isEqualTo("203.0.113.9");
    assertThat(event.domainName()).isEqualTo("d");
    assertThat(event.requestId()).isEqualTo("r-1");
  }

  @Test
  void read_partsMissingOrNull_areEmpty() throws Exception {
    HttpEvent event = read(withMore(",\"headers\":null,\"cookies\":null,\"body\":null"));

    assertThat(event.headers()).isEmpty();
    assertThat(event.cookies()).isEmpty();
    assertThat(event.bytes()).isEmpty();
    assertThat(event.rawQuery()).isEmpty();
    assertThat(event.requestId()).isEmpty();
  }

  @Test
  void bytes_base64_isDecoded() throws Exception {
    assertThat(read(withMore(",\"body\":\"AP8=\",\"isBase64Encoded\":true")).bytes())
        .isEqualTo(new byte[] {0, (byte) 0xff});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"path\":\"/\",\"httpMethod\":\"GET\"}",
        "{\"rawPath\":\"/\",\"requestContext\":{}}",
        "{\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{",
        "{} {}",
        "{\"rawPath\":1}",
        "{\"headers\":[]}",
        "{\"headers\":{\"a\":{}}}",
        "{\"cookies\":{}}",
        "{\"requestContext\":7}",
        "{\"requestContext\":{\"http\":\"x\"}}"
      })
  void read_anythingElse_isMalformed(String event) {
    assertThatExceptionOfType(MalformedPayloadException.class).isThrownBy(() -> read(event));
  }

  /** The least that an event has, and these fields. */
  private static String withMore(String fields) {
    return "{\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}" + fields + "}";
  }

  private static HttpEvent read(String json) throws MalformedPayloadException {
    return HttpEvent.read(json.getBytes(UTF_8));
  }
}
