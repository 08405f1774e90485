package io.openmonetize.proxy.request;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The splice of {@code include_usage}: in the right place, and not a byte more. */
final class JsonBodyTest {
  private static final String ADDED = "\"stream_options\":{\"include_usage\":true},";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        // absent
        "{\"stream\":true}~{\"stream_options\":{\"include_usage\":true},\"stream\":true}",
        "` {\n"
            + "\"a\":\"\u00fc\",\"stream\" : true }`~`"
            + " {\"stream_options\":{\"include_usage\":true},\n"
            + "\"a\":\"\u00fc\",\"stream\" : true }`",
        // an object without it
        "{\"stream\":true,\"stream_options\":{}}~{\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"stream_options\": { \"x\":{\"include_usage\":1}}, \"stream\":true}~{\"stream_options\":"
            + " {\"include_usage\":true, \"x\":{\"include_usage\":1}}, \"stream\":true}",
        // null
        "{\"stream_options\": null ,\"stream\":true}~{\"stream_options\": {\"include_usage\":true}"
            + " ,\"stream\":true}",
        // an explicit no
        "{\"stream\":true,\"stream_options\":{\"a\":1,\"include_usage\":"
            + " false}}~{\"stream\":true,\"stream_options\":{\"a\":1,\"include_usage\": true}}",
        // names may be written with escapes
        "{\"str\\u0065am\":true}~{\"stream_options\":{\"include_usage\":true},\"str\\u0065am\":true}",
      })
  void withUsageIncluded_silentStream_changesThatAlone(String body, String changed) {
    assertThat(splice(body)).isEqualTo(changed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"stream\":false}",
        "{}",
        "[]",
        "",
        "nonsense",
        "{\"stream\":true",
        "{\"stream\":true} {}",
        "{\"stream\":\"true\"}",
        "{\"stream\":true,\"stream\":true}",
        "{\"stream\":false,\"stream\":true}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":null}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":false,\"include_usage\":true}}",
        "{\"stream\":true,\"stream_options\":{},\"stream_options\":{}}",
        "{\"stream\":true,\"stream_options\":\"x\"}",
        "{\"stream\":true,\"stream_options\":[]}",
        "\ufeff{\"stream\":true}",
      })
  void withUsageIncluded_anythingElse_changesNothing(String body) {
    assertThat(JsonBody.read(body.getBytes(UTF_8)).withUsageIncluded()).isEmpty();
  }

  @Test
  void withUsageIncluded_utf16_changesNothing() {
    byte[] body = "{\"stream\":true}".getBytes(UTF_16LE);
    assertThat(JsonBody.read(body).withUsageIncluded()).isEmpty();
  }

  @Test
  void withUsageIncluded_largeBody_findsTheEndOfIt() {
    String body = "{\"a\":\"" + "\u00e4".repeat(2_000_000) + "\",\"stream\":true}";
    assertThat(splice(body)).isEqualTo("{" + ADDED + body.substring(1));
  }

  @Property
  void withUsageIncluded_anyBody_isTheSameLessTheAddition(@ForAll("bodies") String body) {
    assertThat(splice(body).replace(ADDED, "")).isEqualTo(body);
    byte[] again = splice(body).getBytes(UTF_8);
    assertThat(JsonBody.read(again).withUsageIncluded()).isEmpty();
    assertThat(JsonBody.read(again).stream()).isTrue();
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> space = Arbitraries.of("", " ", "\n", "\r\n\t");
    Arbitrary<String> member =
        Arbitraries.of(
            "\"a\":1",
            "\"m\\u00e4\":\"\u00e4\ud83d\ude00\"",
            "\"x\":{\"stream\":false,\"stream_options\":null}",
            "\"y\":[{},[],\"}\"]",
            "\"z\":\"{\\\"stream\\\":true,\"",
            "\"n\":12345678901234567890.5e10");
    return Combinators.combine(member.list().ofMaxSize(4), member.list().ofMaxSize(4), space, space)
        .as(
            (before, after, one, two) -> {
              before.addAll(java.util.List.of("\"stream\"" + one + ":" + two + "true"));
              before.addAll(after);
              return two + "{" + one + String.join(one + "," + two, before) + two + "}" + one;
            });
  }

  private static String splice(String body) {
    return new String(JsonBody.read(body.getBytes(UTF_8)).withUsageIncluded().orElseThrow(), UTF_8);
  }
}
