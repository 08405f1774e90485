package io.openmonetize.proxy.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.runtime.http1.Headers;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FunctionUrlRequestParserTest {
  private static final String EVENT =
      """
      {"version":"2.0","routeKey":"$default","rawPath":"/v1/messages","rawQueryString":"a=1&a=%20",
       "cookies":["one=1","two=2"],
       "headers":{"Content-Type":"application/json","accept":"a,b","cookie":"one=1"},
       "queryStringParameters":{"a":"1, "},
       "requestContext":{"accountId":"anonymous","authorizer":{"iam":{}},
        "http":{"method":"POST","path":"/v1/messages","protocol":"HTTP/1.1",
         "sourceIp":"203.0.113.9","userAgent":"agent"},"time":"x","timeEpoch":1},
       "body":"{\\"a\\":\\"\\u00fc\\"}","isBase64Encoded":false,"pathParameters":null}
      """;

  @Test
  void parse_wholeEvent_takesItApart() throws Exception {
    FunctionUrlRequest request = parse(EVENT);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/v1/messages");
    assertThat(request.query()).isEqualTo("a=1&a=%20");
    assertThat(request.headers().fields())
        .containsExactly(
            new Headers.Field("content-type", "application/json"),
            new Headers.Field("accept", "a,b"),
            new Headers.Field("cookie", "one=1; two=2"));
    assertThat(new String(request.body(), UTF_8)).isEqualTo("{\"a\":\"\u00fc\"}");
  }

  @Test
  void parse_base64Body_decodesIt() throws Exception {
    FunctionUrlRequest request =
        parse(
            EVENT
                .replace("\"{\\\"a\\\":\\\"\\u00fc\\\"}\"", "\"AAH/gA==\"")
                .replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true"));
    assertThat(request.body()).containsExactly(0, 1, 0xff, 0x80);
  }

  @Test
  void parse_leastEvent_hasEmptyParts() throws Exception {
    FunctionUrlRequest request =
        parse("{\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}");
    assertThat(request.query()).isEmpty();
    assertThat(request.headers()).isEqualTo(Headers.NONE);
    assertThat(request.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"rawPath\":\"/\"}",
        "{\"rawPath\":\"x\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":1,\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"G T\"}}}",
        "{\"rawPath\":\"/\",\"requestContext\":{\"http\":[]}}",
        "{\"rawPath\":\"/\",\"requestContext\":1}",
        "{\"rawPath\":\"/\",\"headers\":[],\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"headers\":{\"a\":1},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"headers\":{\"a\":\"b\\r"
            + "\\n"
            + "c\"},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"headers\":{\"a"
            + " b\":\"c\"},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"cookies\":\"a\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"cookies\":[1],\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"cookies\":[\"a\\n"
            + "b\"],\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"body\":{},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"body\":\"\\ud800\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"body\":\"!\",\"isBase64Encoded\":true,\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}} {}",
      })
  void parse_noRequest_saysSoWithoutRepeatingIt(String event) {
    assertThatThrownBy(() -> parse(event))
        .isInstanceOf(MalformedRequestException.class)
        .hasMessageNotContaining("\"");
  }

  @Test
  void parse_endlessNesting_isRefused() {
    assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(MalformedRequestException.class);
  }

  @Property
  void parse_anyBytes_neverFailsInAnotherWay(@ForAll @Size(max = 200) byte[] event) {
    try {
      FunctionUrlRequestParser.parse(event);
    } catch (MalformedRequestException expected) {
      assertThat(expected).hasMessageNotContaining("Exception");
    }
  }

  @Property
  void parse_eventWithOneByteChanged_neverFailsInAnotherWay(
      @ForAll int place, @ForAll byte replacement) {
    byte[] event = EVENT.getBytes(UTF_8);
    event[Math.floorMod(place, event.length)] = replacement;
    try {
      FunctionUrlRequestParser.parse(event);
    } catch (MalformedRequestException expected) {
      assertThat(expected).hasMessageNotContaining("Exception");
    }
  }

  private static FunctionUrlRequest parse(String event) throws MalformedRequestException {
    return FunctionUrlRequestParser.parse(event.getBytes(UTF_8));
  }
}
