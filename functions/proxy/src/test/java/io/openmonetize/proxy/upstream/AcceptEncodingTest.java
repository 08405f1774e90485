package io.openmonetize.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AcceptEncodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | identity",
        "br, gzip, deflate | gzip",
        "gzip | gzip",
        "GZIP;q=0.5, br;q=1.0, identity | GZIP;q=0.5, identity",
        "gzip;q=0, br | identity",
        "gzip; q=0.000, identity | identity",
        "gzip;q=0.001 | gzip;q=0.001",
        "identity;q=0, gzip | gzip",
        "x-gzip,zstd | x-gzip",
        "* | identity",
        "deflate | identity",
        ",, ; | identity",
      })
  void narrow_whateverIsOffered_leavesWhatCanBeRead(String offered, String narrowed) {
    assertThat(AcceptEncoding.narrow(offered)).isEqualTo(narrowed);
  }
}
