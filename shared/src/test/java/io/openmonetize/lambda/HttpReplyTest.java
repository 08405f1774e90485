package io.openmonetize.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpReplyTest {
  @Test
  void toJson_text_isAStringWithAllThatJsonMustEscape() throws IOException {
    String text = "{\"a\":\"é\\n\u001f\uD83D\uDE00\"}\n";

    JsonNode payload =
        json(new HttpReply(201, Map.of("a", "1"), List.of("c=1"), bytes(text), true));

    assertThat(payload.path("statusCode").asInt()).isEqualTo(201);
    assertThat(payload.at("/headers/a").asText()).isEqualTo("1");
    assertThat(payload.at("/cookies/0").asText()).isEqualTo("c=1");
    assertThat(payload.path("body").asText()).isEqualTo(text);
    assertThat(payload.path("isBase64Encoded").asBoolean()).isFalse();
  }

  @Test
  void toJson_otherBytes_areBase64() throws IOException {
    byte[] body = new byte[100_000];
    body[1] = (byte) 0xff;

    JsonNode payload = json(new HttpReply(200, Map.of(), List.of(), body, false));

    assertThat(payload.path("body").binaryValue()).isEqualTo(body);
    assertThat(payload.path("body").asText()).doesNotContain("\n");
    assertThat(payload.path("isBase64Encoded").asBoolean()).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static JsonNode json(HttpReply reply) throws IOException {
    return new ObjectMapper().readTree(reply.toJson());
  }
}
