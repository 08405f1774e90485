package io.openmonetize.usage.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random documents with a parser of another make as judge, random bytes, random splits. */
class JsonScannerProperties {
  private static final JsonPaths PATHS = JsonPaths.of("u", "a.u", "a.b", "l.*.u");

  private static List<String> scan(byte[] bytes, int pieces) {
    List<String> seen = new ArrayList<>();
    JsonScanner scanner =
        new JsonScanner(
            PATHS,
            (slot, kept, offset, length) ->
                seen.add(
                    slot + ":" + (kept == null ? "" : new String(kept, offset, length, UTF_8))));
    int at = 0;
    while (at < bytes.length) {
      int to = Math.min(bytes.length, at + pieces);
      int stopped = scanner.scan(bytes, at, to, false);
      assertThat(stopped).isBetween(at, to);
      if (stopped < to) {
        break;
      }
      at = to;
    }
    seen.add(scanner.end().name());
    return seen;
  }

  @Property
  void scan_anyBytesAtAnySplit_saysTheSame(
      @ForAll("almostJson") String text, @ForAll("pieces") int pieces) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(scan(bytes, pieces)).isEqualTo(scan(bytes, bytes.length + 1));
  }

  @Property
  void scan_randomBytes_neverThrows(@ForAll byte[] bytes, @ForAll("pieces") int pieces) {
    assertThat(scan(bytes, pieces)).isEqualTo(scan(bytes, bytes.length + 1));
  }

  @Property
  void scan_validDocument_findsWhatAParserFinds(@ForAll("documents") String json) {
    byte[] bytes = json.getBytes(UTF_8);
    JsonValue.JsonObject tree = JsonFragments.object(bytes, 0, bytes.length).orElseThrow();
    DocumentValues values = new DocumentValues(PATHS);
    JsonScanner scanner = new JsonScanner(PATHS, values);
    scanner.scan(bytes, 0, bytes.length, false);
    assertThat(scanner.end()).isEqualTo(JsonScanner.Progress.WHOLE);
    assertThat(parse(values.raw(0))).isEqualTo(tree.get("u"));
    JsonValue a = tree.get("a");
    assertThat(parse(values.raw(1))).isEqualTo(member(a, "u"));
    assertThat(parse(values.raw(2))).isEqualTo(member(a, "b"));
    List<JsonValue> ofElements = new ArrayList<>();
    if (tree.get("l") instanceof JsonValue.JsonArray array) {
      for (JsonValue element : array.elements()) {
        if (element instanceof JsonValue.JsonObject object && object.members().containsKey("u")) {
          ofElements.add(object.get("u"));
        }
      }
    }
    assertThat(values.all(3).elements()).isEqualTo(ofElements);
  }

  private static JsonValue parse(String raw) {
    byte[] bytes = raw.getBytes(UTF_8);
    return JsonFragments.parse(bytes, 0, bytes.length).orElse(JsonValue.JsonNull.NULL);
  }

  private static JsonValue member(JsonValue value, String name) {
    return value instanceof JsonValue.JsonObject object
        ? object.get(name)
        : JsonValue.JsonNull.NULL;
  }

  @Provide
  Arbitrary<Integer> pieces() {
    return Arbitraries.integers().between(1, 20);
  }

  /**
   * Text made of the characters that mean something to the scanner, so that it gets deep into it.
   */
  @Provide
  Arbitrary<String> almostJson() {
    return Arbitraries.of(
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "\"u\":", "\"a\":", "\"b\":",
            "\"l\":", "1", "-2.5", "null", "true", "é", "\\u0075", "{\"u\":", "[{", "}]", "x")
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> documents() {
    return objects(3);
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> leaves =
        Arbitraries.of(
            "1",
            "-0.5e3",
            "true",
            "null",
            "\"\"",
            "\"u\"",
            "\"\\\"u\\\":1\"",
            "\"é😀\\n\\\\\"",
            "[]",
            "{}",
            " 7 ",
            "\n[ 1 , 2 ]\t");
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<String> arrays =
        Arbitraries.lazy(() -> values(depth - 1))
            .list()
            .ofMaxSize(4)
            .map(elements -> elements.stream().collect(Collectors.joining(",", "[", "]")));
    return Arbitraries.frequencyOf(
        Tuple.of(3, leaves),
        Tuple.of(2, Arbitraries.lazy(() -> objects(depth - 1))),
        Tuple.of(2, arrays));
  }

  private static Arbitrary<String> objects(int depth) {
    return Arbitraries.maps(Arbitraries.of("u", "a", "b", "l", "x", "é", ""), values(depth))
        .ofMaxSize(5)
        .map(JsonScannerProperties::object);
  }

  private static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> " \"" + member.getKey() + "\" : " + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
