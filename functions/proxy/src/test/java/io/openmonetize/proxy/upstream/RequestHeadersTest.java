package io.openmonetize.proxy.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Provider;
import io.openmonetize.runtime.http1.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-om-customer-id",
        "x-om-anything",
        "host",
        "content-length",
        "expect",
        "connection",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "http2-settings",
        "x-forwarded-for",
        "x-forwarded-port",
        "x-forwarded-proto",
        "forwarded",
        "via",
        "x-amzn-trace-id",
        "x-amzn-tls-version",
        "x-amz-cf-id",
        "cloudfront-viewer-country",
      })
  void forUpstream_headerOfTheWay_staysBehind(String name) {
    Headers sent = forUpstream(Headers.of(name, "v"));
    assertThat(sent.fields()).containsExactly(new Headers.Field("accept-encoding", "identity"));
  }

  @Test
  void forUpstream_otherHeaders_keepOrderAndValue() {
    Headers sent = forUpstream(Headers.of("b", " 1 ", "a", "x,y", "x-amz-meta", "z"));
    assertThat(sent.fields().subList(0, 3))
        .containsExactly(
            new Headers.Field("b", " 1 "),
            new Headers.Field("a", "x,y"),
            new Headers.Field("x-amz-meta", "z"));
  }

  @Test
  void forUpstream_headersThatConnectionNames_stayBehind() {
    Headers sent =
        forUpstream(Headers.of("connection", "close, X-Hop ,, y", "x-hop", "1", "y", "2"));
    assertThat(sent.fields()).hasSize(1);
  }

  @Test
  void forUpstream_frameToBeFound_asksForIdentity() {
    Headers sent =
        RequestHeaders.forUpstream(Provider.OPENAI, Headers.of("accept-encoding", "gzip"), true);
    assertThat(sent.all("accept-encoding")).containsExactly("identity");
  }

  @Test
  void forUpstream_textBeyondLatin1_goesAsUtf8() {
    Headers sent = forUpstream(Headers.of("x-title", "\u4f60\u00fc", "x-other", "\u00fc"));
    assertThat(sent.first("x-title").orElseThrow().getBytes(ISO_8859_1))
        .isEqualTo("\u4f60\u00fc".getBytes(UTF_8));
    assertThat(sent.first("x-other")).contains("\u00fc");
  }

  private static Headers forUpstream(Headers caller) {
    return RequestHeaders.forUpstream(Provider.OPENAI, caller, false);
  }
}
