package io.openmonetize.query.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {
  private static final PasswordHasher.Cost CHEAP = new PasswordHasher.Cost(8, 1, 1);

  private final PasswordHasher hasher = new PasswordHasher(CHEAP, new SecureRandom());

  @Test
  void matches_hashOfTheReferenceImplementation_agrees() {
    // From the test vectors of the reference implementation in C.
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(hasher.matches("password", hash)).isTrue();
    assertThat(hasher.matches("Password", hash)).isFalse();
  }

  @Test
  void hash_samePasswordTwice_isSaltedApart() {
    assertThat(hasher.hash("a password")).isNotEqualTo(hasher.hash("a password"));
  }

  @Test
  void matches_hashOfOtherParameters_agrees() {
    String hash =
        new PasswordHasher(new PasswordHasher.Cost(16, 2, 2), new SecureRandom()).hash("x");

    assertThat(hash).startsWith("$argon2id$v=19$m=16,t=2,p=2$");
    assertThat(hasher.matches("x", hash)).isTrue();
  }

  @Test
  void matches_lettersComposedDifferently_agrees() {
    assertThat(hasher.matches("cafe\u0301", hasher.hash("caf\u00e9"))).isTrue();
  }

  @Test
  void unmatchable_anyPassword_doesNotMatch() {
    assertThat(hasher.matches("", hasher.unmatchable())).isFalse();
    assertThat(hasher.unmatchable()).startsWith("$argon2id$v=19$m=8,t=1,p=1$");
  }

  @Test
  void hash_byDefault_costsWhatOwaspAsks() {
    String hash = new PasswordHasher(PasswordHasher.Cost.DEFAULT, new SecureRandom()).hash("x");

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void matches_storedTextOfAnotherForm_throws(String stored) {
    assertThatThrownBy(() -> hasher.matches("x", stored)).isInstanceOf(IllegalStateException.class);
  }
}
