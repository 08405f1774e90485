package io.openmonetize.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestHead;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadFormat2Test {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PayloadFormat2.Arrival ARRIVAL =
      new PayloadFormat2.Arrival(
          "11112222-3333-4444-5555-666677778888",
          Instant.parse("2026-11-24T10:00:00.123Z"),
          "127.0.0.1",
          8082);

  @Test
  void event_ofARequest_isTheWholePayload() throws Exception {
    RequestHead head =
        new RequestHead(
            "POST",
            "/v1/a%2Fb?alt=sse&x=1&x=%C3%BC",
            Headers.of(
                "Host", "localhost:8082",
                "Content-Type", "application/json; charset=utf-8",
                "X-Twice", "one",
                "x-twice", "two",
                "Cookie", "a=1; b=2",
                "User-Agent", "curl/8",
                "Connection", "keep-alive",
                "Content-Length", "9"));

    byte[] event = PayloadFormat2.event(head, "{\"é\":\"\\\"\"}".getBytes(UTF_8), ARRIVAL);

    assertThat(new String(event, UTF_8))
        .isEqualTo(
            """
            {"version":"2.0","routeKey":"$default","rawPath":"/v1/a%2Fb",\
            "rawQueryString":"alt=sse&x=1&x=%C3%BC","cookies":["a=1","b=2"],\
            "headers":{"host":"localhost:8082",\
            "content-type":"application/json; charset=utf-8","x-twice":"one,two",\
            "user-agent":"curl/8","content-length":"9","x-forwarded-for":"127.0.0.1",\
            "x-forwarded-port":"8082","x-forwarded-proto":"http",\
            "x-amzn-trace-id":"Root=1-6a155f20-111122223333444455556666"},\
            "queryStringParameters":{"alt":"sse","x":"1,ü"},\
            "requestContext":{"accountId":"anonymous","apiId":"local","domainName":"127.0.0.1",\
            "domainPrefix":"127","http":{"method":"POST","path":"/v1/a%2Fb",\
            "protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":"curl/8"},\
            "requestId":"11112222-3333-4444-5555-666677778888","routeKey":"$default",\
            "stage":"$default","time":"24/Nov/2026:10:00:00 +0000","timeEpoch":1795514400123},\
            "body":"{\\"é\\":\\"\\\\\\"\\"}","isBase64Encoded":false}\
            """
                .replace("6a155f20", Long.toHexString(ARRIVAL.time().getEpochSecond())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "APPLICATION/JSON; charset=utf-8",
        "text/plain",
        "text/event-stream",
        "application/xml",
        "application/javascript"
      })
  void body_ofATextType_isText(String type) throws Exception {
    JsonNode event = event(Headers.of("Content-Type", type), "hé".getBytes(UTF_8));

    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    assertThat(event.path("body").asText()).isEqualTo("hé");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/vnd.api+json",
        "image/png"
      })
  void body_ofAnotherType_isBase64(String type) throws Exception {
    assertBase64(event(Headers.of("Content-Type", type), "hé".getBytes(UTF_8)), "hé");
  }

  @Test
  void body_withoutAType_isBase64() throws Exception {
    assertBase64(event(Headers.NONE, "{}".getBytes(UTF_8)), "{}");
  }

  @Test
  void body_thatIsEncoded_isBase64() throws Exception {
    Headers headers = Headers.of("Content-Type", "application/json", "Content-Encoding", "gzip");

    assertBase64(event(headers, "zipped".getBytes(UTF_8)), "zipped");
  }

  @Test
  void body_thatIsNoUtf8_isBase64WhateverItClaims() throws Exception {
    byte[] body = {'{', (byte) 0xff, '}'};

    JsonNode event = event(Headers.of("Content-Type", "application/json"), body);

    assertThat(Base64.getDecoder().decode(event.path("body").asText())).isEqualTo(body);
  }

  @Test
  void body_thatIsEmpty_isAbsent() throws Exception {
    JsonNode event = event(Headers.NONE, new byte[0]);

    assertThat(event.has("body")).isFalse();
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
  }

  private static JsonNode event(Headers headers, byte[] body) throws Exception {
    return JSON.readTree(
        PayloadFormat2.event(new RequestHead("POST", "/", headers), body, ARRIVAL));
  }

  private static void assertBase64(JsonNode event, String body) {
    assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    assertThat(new String(Base64.getDecoder().decode(event.path("body").asText()), UTF_8))
        .isEqualTo(body);
  }
}
