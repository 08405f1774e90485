package io.openmonetize.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class QueryParametersTest {
  @Property
  boolean read_anyQuery_isTakenOrRefused(@ForAll String query) {
    try {
      QueryParameters.read(request(query), Set.of("a")).text("a");
      return true;
    } catch (Refusal e) {
      return e.code() == ErrorCode.VALIDATION_ERROR;
    }
  }

  @Property
  void text_anyEncodedText_comesBackAsItWas(@ForAll String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    boolean acceptable =
        !text.isEmpty()
            && wellFormed.getBytes(StandardCharsets.UTF_8).length <= 256
            && text.chars().noneMatch(Character::isISOControl);

    if (acceptable) {
      assertThat(QueryParameters.read(request("a=" + encoded), Set.of("a")).text("a"))
          .isEqualTo(wellFormed);
    }
  }

  private static Request request(String query) {
    return new Request(
        "GET", "/", "", query, Map.of(), List.of(), new byte[0], "127.0.0.1", "localhost", "r");
  }
}
