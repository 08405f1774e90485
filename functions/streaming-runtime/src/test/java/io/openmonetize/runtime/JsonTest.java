package io.openmonetize.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void end_nothingPut_emptyObject() {
    assertThat(new Json().end()).isEqualTo("{}");
  }

  @Test
  void put_eachKind_inOrder() {
    assertThat(
            new Json()
                .put("n", 200)
                .put("s", "t")
                .put("list", List.of("a", "b"))
                .put("none", List.of())
                .put("map", Map.of("b", "2", "a", "1"))
                .end())
        .isEqualTo(
            "{\"n\":200,\"s\":\"t\",\"list\":[\"a\",\"b\"],\"none\":[],"
                + "\"map\":{\"a\":\"1\",\"b\":\"2\"}}");
  }

  @Test
  void put_whatJsonMustEscape_escaped() {
    assertThat(new Json().put("a\"", "\\\"\n\r\t\u0000\u001f\u007f\u00e9\u20ac/").end())
        .isEqualTo(
            "{\"a\\\"\":\"\\\\\\\"\\u000a\\u000d\\u0009\\u0000\\u001f\u007f\u00e9\u20ac/\"}");
  }

  @Test
  void put_loneSurrogate_escapedAndAPairKept() {
    assertThat(new Json().put("s", "\ud83d\ude00 \ud83d \ude00").end())
        .isEqualTo("{\"s\":\"\ud83d\ude00 \\ud83d \\ude00\"}");
  }

  @Property
  void put_anyText_noControlCharacterAndTheSameTextBack(@ForAll String text) {
    String json = new Json().put("k", text).end();
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);

    for (byte b : utf8) {
      assertThat(b < 0 || b >= ' ').isTrue();
    }
    String body = new String(utf8, StandardCharsets.UTF_8);
    assertThat(unescape(body.substring("{\"k\":\"".length(), body.length() - 2))).isEqualTo(text);
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        assertThat(c).isNotEqualTo('"');
        plain.append(c);
      } else if (text.charAt(++i) == 'u') {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
