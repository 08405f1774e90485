package io.openmonetize.proxy.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Provider;
import io.openmonetize.runtime.http1.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptTest {
  @ParameterizedTest
  @CsvSource({"0,1", "1,2", "00,1", "99,100"})
  void of_retryCount_isTheAttemptBefore(String count, int attempt) {
    assertThat(attempt("x-stainless-retry-count", count).number()).isEqualTo(attempt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "100", "-1", "+1", "1.0", "one", "1 ", "\u0661", "0x1"})
  void of_anythingElse_isNoAttempt(String count) {
    assertThat(attempt("x-stainless-retry-count", count).number()).isNull();
  }

  @Test
  void of_noHeader_saysNothing() {
    assertThat(attempt("x-request-id", "1")).isEqualTo(Attempt.UNSAID);
    assertThat(attempt("idempotency-key", " ")).isEqualTo(Attempt.UNSAID);
  }

  @Test
  void of_oneKey_isOneCallWhateverTheAttempt() {
    Attempt first = attempt("Idempotency-Key", "k-1", "X-Stainless-Retry-Count", "0");
    Attempt second = attempt("idempotency-key", "k-1", "x-stainless-retry-count", "1");
    assertThat(first.logicalCallId()).matches("[0-9a-f]{16}").isEqualTo(second.logicalCallId());
    assertThat(first.number()).isEqualTo(1);
    assertThat(second.number()).isEqualTo(2);
  }

  @Test
  void of_keyOfAnother_isAnotherCall() {
    Headers headers = Headers.of("idempotency-key", "k-1");
    String mine = Attempt.of(headers, Provider.OPENAI, "acme", "key_1").logicalCallId();
    assertThat(mine)
        .isNotEqualTo(Attempt.of(headers, Provider.OPENAI, "other", "key_1").logicalCallId())
        .isNotEqualTo(Attempt.of(headers, Provider.OPENAI, "acme", "key_2").logicalCallId())
        .isNotEqualTo(Attempt.of(headers, Provider.ANTHROPIC, "acme", "key_1").logicalCallId())
        .isNotEqualTo(attempt("idempotency-key", "k-2").logicalCallId());
  }

  private static Attempt attempt(String... headers) {
    return Attempt.of(Headers.of(headers), Provider.OPENAI, "acme", "key_1");
  }
}
