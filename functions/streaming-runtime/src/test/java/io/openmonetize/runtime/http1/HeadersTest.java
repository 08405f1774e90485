package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final Headers SOME = Headers.of("A", "1", "b", "2", "a", "3");

  @Test
  void first_otherCase_found() {
    assertThat(SOME.first("a")).contains("1");
    assertThat(SOME.first("B")).contains("2");
    assertThat(SOME.first("c")).isEmpty();
  }

  @Test
  void all_repeated_inOrder() {
    assertThat(SOME.all("A")).containsExactly("1", "3");
    assertThat(SOME.all("c")).isEmpty();
  }

  @Test
  void with_sameName_bothKept() {
    assertThat(SOME.with("b", "4").all("b")).containsExactly("2", "4");
    assertThat(SOME.all("b")).containsExactly("2");
  }

  @Test
  void without_repeated_allGone() {
    assertThat(SOME.without("a")).isEqualTo(Headers.of("b", "2"));
  }

  @Test
  void lists_memberOfAnyLine_found() {
    Headers headers = Headers.of("Connection", "TE , Upgrade", "connection", "CLOSE");

    assertThat(headers.lists("Connection", "upgrade")).isTrue();
    assertThat(headers.lists("Connection", "close")).isTrue();
    assertThat(headers.lists("Connection", "clos")).isFalse();
  }
}
