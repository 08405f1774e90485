package io.openmonetize.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class WriteCostTest {
  @Test
  void fiftyOfOneUser_costAtMostFiveUnitsEach() {
    WriteCost fifty = WriteCost.ofOneUser(50);

    assertThat(fifty.together()).isPositive().isLessThanOrEqualTo(new BigDecimal("5"));
    assertThat(fifty.event().add(fifty.feeds()).add(fifty.sums()))
        .isEqualByComparingTo(fifty.together());
  }

  @Test
  void smallerBatchesAndOtherUsers_costMoreThanFiftyAndLessThanATransactionEach() {
    BigDecimal baseline = WriteCost.eachAlone(50).together();

    assertThat(WriteCost.ofOneUser(1).together()).isEqualByComparingTo(baseline);
    assertThat(WriteCost.ofOneUser(10).together()).isLessThan(baseline);
    assertThat(WriteCost.ofAsManyUsers(50).together()).isLessThan(baseline);
  }

  @Test
  void manyCustomers_bookedTogether_shareTheSumsOfAll() {
    BigDecimal each = WriteCost.ofOneUser(1).together();

    assertThat(WriteCost.ofAsManyCustomers(50).together())
        .isLessThan(each.multiply(new BigDecimal("0.75")));
  }

  @Test
  void corrected_fiftyOfOneUser_costTwoUnitsMoreForWhatTheyWere() {
    WriteCost corrected = WriteCost.corrected(50);

    assertThat(corrected.event()).isEqualByComparingTo("4");
    assertThat(corrected.together()).isBetween(new BigDecimal("6"), new BigDecimal("8"));
  }

  @Test
  void late_fiftyOfOneUser_costTwoUnitsMoreForTheirMarks() {
    WriteCost late = WriteCost.late(50);

    assertThat(late.marks()).isEqualByComparingTo("2");
    assertThat(late.together()).isLessThan(new BigDecimal("8"));
  }
}
