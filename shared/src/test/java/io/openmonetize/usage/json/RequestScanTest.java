package io.openmonetize.usage.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScanTest {
  private static RequestScan scan(String body) {
    return RequestScan.of(body.getBytes(UTF_8)).orElseThrow();
  }

  private static String at(String body, ByteRange range) {
    return new String(body.getBytes(UTF_8), range.start(), range.length(), UTF_8);
  }

  @Test
  void of_requestBody_findsModelAndStream() {
    RequestScan scan =
        scan(
            " {\"messages\":[{\"content\":\"\\\"model\\\":\\\"x\\\"\",\"stream\":false}],"
                + "\"model\":\"gpt-5\\u002e6\",\"stream\": true }\n");
    assertThat(scan.model()).isEqualTo("gpt-5.6");
    assertThat(scan.stream()).isTrue();
    assertThat(scan.streamOptions()).isNull();
    assertThat(scan.asksForUsage()).isFalse();
  }

  @Test
  void of_streamNotTrue_isNoStream() {
    assertThat(scan("{\"stream\":false}").stream()).isFalse();
    assertThat(scan("{\"stream\":\"true\"}").stream()).isFalse();
    assertThat(scan("{\"stream\":null,\"model\":4}").model()).isNull();
  }

  @Test
  void afterOpen_spliceInFront_leavesTheRest() {
    String body = "{\"é\":1,\"stream\":true}";
    RequestScan scan = scan(body);
    byte[] bytes = body.getBytes(UTF_8);
    int at = scan.fields().afterOpen();
    String spliced =
        new String(bytes, 0, at, UTF_8)
            + "\"stream_options\":{\"include_usage\":true}"
            + (scan.fields().isEmpty() ? "" : ",")
            + new String(bytes, at, bytes.length - at, UTF_8);
    assertThat(scan(spliced).asksForUsage()).isTrue();
    assertThat(spliced).endsWith(",\"é\":1,\"stream\":true}");
  }

  @Test
  void insideStreamOptions_optionGiven_saysWhereItStands() {
    String body = "{\"x\":\"é\",\"stream_options\": { \"y\":1, \"include_usage\" : false }}";
    TopLevelFields options = scan(body).insideStreamOptions().orElseThrow();
    ByteRange range = options.range("include_usage");
    assertThat(range).isNotNull();
    assertThat(at(body, range)).isEqualTo("false");
    assertThat(body.getBytes(UTF_8)[options.afterOpen() - 1]).isEqualTo((byte) '{');
    assertThat(body.getBytes(UTF_8)[options.beforeClose()]).isEqualTo((byte) '}');
    assertThat(options.isEmpty()).isFalse();
  }

  @Test
  void insideStreamOptions_null_isNothingButHasARange() {
    String body = "{\"stream_options\":null}";
    RequestScan scan = scan(body);
    assertThat(scan.insideStreamOptions()).isEmpty();
    assertThat(at(body, Objects.requireNonNull(scan.streamOptions()))).isEqualTo("null");
  }

  @Test
  void of_nameTwice_takesTheLast() {
    assertThat(scan("{\"model\":\"a\",\"model\":\"b\"}").model()).isEqualTo("b");
  }

  @Test
  void inputCharacters_string_countsCodePoints() {
    assertThat(scan("{\"input\":\"aé😀\\n\\u0041\\ud83d\\ude00\"}").inputCharacters()).isEqualTo(6);
    assertThat(scan("{\"input\":[\"a\"]}").inputCharacters()).isNull();
    assertThat(scan("{}").inputCharacters()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "\"model\"", "{\"model\":\"a\"", "{} {}", "{\"a\":1}x", "\u0000"})
  void of_notOneObject_isNothing(String body) {
    assertThat(RequestScan.of(body.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void range_valueLongerThanIsKept_isFoundAllTheSame() {
    String body = "{\"messages\":\"" + "m".repeat(300_000) + "\",\"model\":\"a\"}";
    TopLevelFields fields =
        TopLevelFields.of(body.getBytes(UTF_8), List.of("messages", "model")).orElseThrow();
    ByteRange range = fields.range("messages");
    assertThat(range).isNotNull();
    assertThat(range.length()).isEqualTo(300_002);
    assertThat(fields.text("model")).isEqualTo("a");
  }

  @Test
  void of_namesOfAnyKind_areNames() {
    TopLevelFields fields =
        TopLevelFields.of("{\"a.b\":1,\"*\":2,\"c#\":3}".getBytes(UTF_8), List.of("a.b", "*", "c#"))
            .orElseThrow();
    assertThat(fields.is("a.b", "1")).isTrue();
    assertThat(fields.is("*", "2")).isTrue();
    assertThat(fields.is("c#", "3")).isTrue();
  }
}
