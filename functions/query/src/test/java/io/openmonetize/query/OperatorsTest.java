package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DynamoDbExtension.class)
class OperatorsTest {
  private final QuerySystem system;

  OperatorsTest(QuerySystem system) {
    this.system = system;
  }

  @Test
  void authenticate_rightPassword_isTheOperator() {
    system.accounts.ensure("ada", "twelve chars");

    assertThat(system.operators.authenticate("ada", "twelve chars"))
        .hasValueSatisfying(operator -> assertThat(operator.name()).isEqualTo("ada"));
  }

  @Test
  void authenticate_anotherOperatorsPassword_isNobody() {
    system.accounts.ensure("ada", "twelve chars");
    system.accounts.ensure("bob", "quite another");

    assertThat(system.operators.authenticate("ada", "quite another")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eleven char", "with a\ttab in it"})
  void ensure_badPassword_isRefusedWithoutRepeatingIt(String password) {
    assertThatThrownBy(() -> system.accounts.ensure("ada", password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a password must have 12 to 256 characters");
    assertThat(system.controlTable()).doesNotContain("ada");
  }

  @Test
  void ensure_emptyName_isRefused() {
    assertThatThrownBy(() -> system.accounts.ensure("", "twelve chars"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("An operator's name");
  }
}
