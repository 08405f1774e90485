package io.openmonetize.usage.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.usage.json.JsonFragments;
import io.openmonetize.usage.json.JsonValue;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class RawUsageTest {
  private static JsonValue parse(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return JsonFragments.parse(bytes, 0, bytes.length).orElseThrow();
  }

  @Test
  void compact_prettyPrinted_losesItsBlanksAndNothingElse() {
    assertThat(RawUsage.compact("{\n  \"a b\" : [ 1.50, \"x \\\" y\" ],\r\n\t\"c\":null }"))
        .isEqualTo("{\"a b\":[1.50,\"x \\\" y\"],\"c\":null}");
  }

  @Test
  void compact_longObject_keepsWhatFitsAndNamesTheRest() {
    String iterations = String.join(",", Collections.nCopies(100, "{\"input_tokens\":123456789}"));
    String raw =
        RawUsage.compact(
            "{\"input_tokens\":7,\"iterations\":[" + iterations + "],\"output_tokens\":9.0}");
    assertThat(raw)
        .isEqualTo("{\"input_tokens\":7,\"output_tokens\":9.0,\"om_omitted\":[\"iterations\"]}");
  }

  @Test
  void compact_longObjectsOfAStream_areEachShortened() {
    String object = "{\"n\":1,\"big\":\"" + "x".repeat(1500) + "\",\"m\":2}";
    String raw = RawUsage.compact("[" + object + "," + object + "]");
    assertThat(raw.length()).isLessThanOrEqualTo(RawUsage.MAX_LENGTH);
    assertThat(parse(raw))
        .isEqualTo(
            parse(
                "[{\"n\":1,\"m\":2,\"om_omitted\":[\"big\"]},"
                    + "{\"n\":1,\"m\":2,\"om_omitted\":[\"big\"]}]"));
  }

  @Test
  void compact_manyLongNames_staysWithinTheLimit() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 300; i++) {
      json.append("\"").append("n".repeat(50)).append(i).append("\":\"\\\"é\\u0001\",");
    }
    String raw = RawUsage.compact(json.append("\"last\":1}").toString());
    assertThat(raw.length()).isLessThanOrEqualTo(RawUsage.MAX_LENGTH);
    assertThat(parse(raw)).isInstanceOf(JsonValue.JsonObject.class);
  }
}
