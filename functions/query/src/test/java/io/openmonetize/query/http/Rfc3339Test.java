package io.openmonetize.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31t12:00:00z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456789Z, 2026-01-31T12:00:00.123456789Z",
    "2026-01-31T12:00:00+05:30, 2026-01-31T06:30:00Z",
    "2026-01-31T12:00:00-00:00, 2026-01-31T12:00:00Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
  })
  void read_oneOfItsForms_isThatInstant(String text, Instant expected) {
    assertThat(Rfc3339.read("from", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-31",
        "2026-01-31T12:00Z",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00:00+0530",
        "2026-01-31T12:00:00+05",
        "2026-01-31T12:00:00+19:00",
        "2026-01-31T24:00:01Z",
        "2026-02-29T12:00:00Z",
        "20260-01-31T12:00:00Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "1769860800",
        " 2026-01-31T12:00:00Z"
      })
  void read_anythingElse_isRefusedByName(String text) {
    assertThatThrownBy(() -> Rfc3339.read("from", text))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("from must be a time");
  }
}
