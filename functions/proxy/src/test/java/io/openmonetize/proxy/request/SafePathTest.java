package io.openmonetize.proxy.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafePathTest {
  private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b",
        "/a/./b",
        "/a/..",
        "/..",
        "/a/%2e%2e/b",
        "/a/%2E./b",
        "/a/.%2e/b",
        "/a/%252e%252e/b",
        "/a/%25252e%25252e/b",
        "/a%2f..%2fb",
        "/a%2F%2e%2e%2Fb",
        "/a%5c..%5cb",
        "/a/..;x=1/b",
        "/a/..%3bx/b",
        "/a/%c0%ae%c0%ae/b",
        "/a\\b",
        "//a",
        "a/b",
        "",
        "http://evil.example/v1",
        "/a\r\nX-Y: z",
        "/a%0d%0aX-Y:%20z",
        "/a%00b",
        "/a\u0000b",
        "/a\tb",
      })
  void isSafe_pathThatCouldBeReadOtherwise_isNot(String path) {
    assertThat(SafePath.isSafe(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/messages",
        "/v1/messages/",
        "/openai//deployments/d/chat/completions",
        "/v1/files/a%2Fb",
        "/v1/files/a%252Fb",
        "/v1beta/models/gemini-2.5-flash:generateContent",
        "/v1/models/claude@20240620:rawPredict",
        "/v1/files/..a",
        "/v1/files/a..",
        "/v1/files/...",
        "/v1/x/%C3%BC",
        "/v1/x/\u00fc \u20ac",
        "/v1/x/100%",
        "/v1/x/%zz",
      })
  void isSafe_ordinaryPath_is(String path) {
    assertThat(SafePath.isSafe(path)).isTrue();
  }

  /** What a server that resolves paths makes of it, after decoding it as often as it likes. */
  @Property(tries = 3000)
  void isSafe_whateverIsCalledSafe_staysBelowItsPrefix(@ForAll("paths") String path) {
    if (!SafePath.isSafe(path)) {
      return;
    }
    String seen = "/prefix" + SafePath.encodePath(path);
    for (int decodings = 0; decodings < 4; decodings++) {
      String resolved = URI.create(hidingOthers(seen)).normalize().getRawPath();
      assertThat(resolved).startsWith("/prefix/");
      seen = decoded(seen).replace('\\', '/');
    }
  }

  @Property(tries = 3000)
  void encodePath_whateverItIs_isOneRequestTargetWithoutQuery(@ForAll("paths") String path) {
    assertThat(SafePath.encodePath(path)).matches("[\\x21-\\x7e&&[^?#]]*");
  }

  @Property
  void encodePath_visibleAscii_isLeftByteForByte(@ForAll("plainPaths") String path) {
    assertThat(SafePath.encodePath(path)).isEqualTo(path);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
            "/", ".", "..", "%2e", "%2E", "%2f", "%2F", "%5c", "\\", "%25", "2e", "2f", ";", "a",
            "@", "%", "?", "#", "\r", "\n", "\u0000", "%00", "%0a", "\u00fc", "v1", ":", "//", " ")
        .list()
        .ofMaxSize(12)
        .map(parts -> "/" + String.join("", parts));
  }

  @Provide
  Arbitrary<String> plainPaths() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .filter(text -> text.indexOf('?') < 0 && text.indexOf('#') < 0)
        .map(text -> "/" + text);
  }

  private static String decoded(String path) {
    return ESCAPE
        .matcher(path)
        .replaceAll(
            escape -> Matcher.quoteReplacement("" + (char) Integer.parseInt(escape.group(1), 16)));
  }

  /** {@code URI} is strict about characters that do not matter to the question. */
  private static String hidingOthers(String path) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      kept.append(
          List.of('/', '.').contains(c) || Character.isLetterOrDigit(c) && c < 128 ? c : '_');
    }
    return kept.toString();
  }
}
