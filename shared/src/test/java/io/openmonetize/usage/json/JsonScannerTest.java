package io.openmonetize.usage.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.usage.json.JsonScanner.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  private record Found(String path, String value) {}

  private final List<Found> found = new ArrayList<>();
  private Progress progress = Progress.EMPTY;

  private void scan(String json, String... paths) {
    scan(json.getBytes(UTF_8), json.length() + 1, paths);
  }

  private void scan(byte[] json, int pieces, String... paths) {
    found.clear();
    JsonScanner scanner =
        new JsonScanner(
            JsonPaths.of(paths),
            (slot, bytes, offset, length) ->
                found.add(
                    new Found(
                        paths[slot],
                        bytes == null ? "-" : new String(bytes, offset, length, UTF_8))));
    int at = 0;
    while (at < json.length) {
      int to = Math.min(json.length, at + pieces);
      if (scanner.scan(json, at, to, false) < to) {
        break;
      }
      at = to;
    }
    progress = scanner.end();
  }

  private List<String> values() {
    return found.stream().map(Found::value).toList();
  }

  @Test
  void scan_wantedPath_keepsTheValueAsWritten() {
    scan("{ \"a\" : { \"b\" : [ 1,  {\"c\":\"}\"} ] } , \"d\":2}", "a.b");
    assertThat(values()).containsExactly("[ 1,  {\"c\":\"}\"} ]");
    assertThat(progress).isEqualTo(Progress.WHOLE);
  }

  @Test
  void scan_sameNameAtAnotherPath_isNotTaken() {
    scan("{\"usage\":{\"usage\":1},\"x\":{\"usage\":2},\"y\":[{\"usage\":3}]}", "usage.usage");
    assertThat(values()).containsExactly("1");
  }

  @Test
  void scan_textThatLooksLikeAMember_isNotTaken() {
    scan("{\"text\":\"\\\"usage\\\":{\\\"n\\\":1}\",\"t\":\"\\\\\",\"usage\":7}", "usage");
    assertThat(values()).containsExactly("7");
  }

  @Test
  void scan_everyElement_meetsEachValue() {
    scan("{\"o\":[{\"t\":\"a\"},{\"u\":1},{\"t\":\"b\",\"v\":[]},3,\"t\"]}", "o.*.t");
    assertThat(values()).containsExactly("\"a\"", "\"b\"");
  }

  @Test
  void scan_nameWithEscapes_isTheSameName() {
    scan("{\"us\\u0061ge\":1,\"\\u0075sage\":2,\"us\\u00e4ge\":3}", "usage");
    assertThat(values()).containsExactly("1", "2");
  }

  @Test
  void scan_valueOverTheLimit_isReportedWithoutBytes() {
    String big = "\"" + "x".repeat(JsonScanner.MAX_VALUE) + "\"";
    for (int pieces : new int[] {1, 1000, Integer.MAX_VALUE / 2}) {
      scan(("{\"a\":" + big + ",\"b\":1}").getBytes(UTF_8), pieces, "a", "b");
      assertThat(values()).containsExactly("-", "1");
    }
  }

  @Test
  void scan_valueAtTheLimit_isKept() {
    String value = "\"" + "x".repeat(JsonScanner.MAX_VALUE - 2) + "\"";
    for (int pieces : new int[] {1, 1000, Integer.MAX_VALUE / 2}) {
      scan(("{\"a\":" + value + "}").getBytes(UTF_8), pieces, "a");
      assertThat(values()).containsExactly(value);
    }
  }

  @Test
  void scan_nestingWithoutEnd_isCountedNotKept() {
    String open = "[".repeat(200_000) + "{\"usage\":1}" + "]".repeat(200_000);
    scan("{\"x\":" + open + ",\"usage\":2}", "usage");
    assertThat(values()).containsExactly("2");
    assertThat(progress).isEqualTo(Progress.WHOLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{\"a\":}",
        "{\"a\":1]",
        "{\"x\":[}",
        "{\"x\":{\"y\":]}}",
        "}",
        "]",
        ":",
        "{\"a\":tr\"ue}",
        "{\"a\":1:2}",
        "<html>"
      })
  void scan_notJson_isBroken(String text) {
    scan(text, "a");
    assertThat(progress).isEqualTo(Progress.BROKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":\"x", "{\"x\":[[", "\"a\\"})
  void scan_cutOff_isUnfinished(String text) {
    scan(text, "a");
    assertThat(progress).isEqualTo(Progress.UNFINISHED);
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t "})
  void scan_blank_isEmpty(String text) {
    scan(text, "a");
    assertThat(progress).isEqualTo(Progress.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "null", "\"x\"", "[]", "{}", "[1,{\"a\":2}]", "-1.5e+3", "{\"a\":{}}"})
  void scan_anyValue_isWhole(String text) {
    scan(text, "a.b");
    assertThat(progress).isEqualTo(Progress.WHOLE);
    assertThat(found).isEmpty();
  }

  @Test
  void scan_wholeValue_stopsBehindIt() {
    JsonScanner scanner = new JsonScanner(JsonPaths.of("a"), (_, _, _, _) -> {});
    byte[] bytes = "{\"a\":[1]} {\"a\":2}".getBytes(UTF_8);
    assertThat(scanner.scan(bytes, 0, bytes.length, false)).isEqualTo(9);
  }

  @Test
  void scan_stoppedAtLineEnds_goesOnBehindThem() {
    found.clear();
    JsonScanner scanner =
        new JsonScanner(
            JsonPaths.of("a"),
            (_, bytes, offset, length) ->
                found.add(new Found("a", new String(bytes, offset, length, UTF_8))));
    byte[] bytes = "{\"a\":\n{\"b\":\r1}}".getBytes(UTF_8);
    int at = scanner.scan(bytes, 0, bytes.length, true);
    assertThat(bytes[at]).isEqualTo((byte) '\n');
    scanner.lineBreak();
    at = scanner.scan(bytes, at + 1, bytes.length, true);
    assertThat(bytes[at]).isEqualTo((byte) '\r');
    scanner.lineBreak();
    assertThat(scanner.scan(bytes, at + 1, bytes.length, true)).isEqualTo(bytes.length);
    assertThat(values()).containsExactly("{\"b\":1}");
  }
}
