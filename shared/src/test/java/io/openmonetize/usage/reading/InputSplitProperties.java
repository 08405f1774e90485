package io.openmonetize.usage.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Whatever a provider says of its parts, the classes sum to the total, and none is negative. */
class InputSplitProperties {
  @Property
  void addTo_anyParts_sumToTheTotal(
      @ForAll @LongRange(max = 50) long total,
      @ForAll @LongRange(max = 30) long audio,
      @ForAll @LongRange(max = 30) long image,
      @ForAll @LongRange(max = 30) long video,
      @ForAll @LongRange(max = 40) long cached,
      @ForAll @LongRange(max = 20) long cachedAudio,
      @ForAll @LongRange(max = 20) long written,
      @ForAll @LongRange(max = 20) long writtenLong) {
    Findings findings = new Findings();
    Map<TokenClass, Long> counts = new EnumMap<>(TokenClass.class);
    new InputSplit("input", total, findings)
        .kinds(audio, image, video)
        .read(cached, cachedAudio, 0, 0)
        .written(written, writtenLong)
        .addTo(counts, TokenClass.INPUT);
    TokenCounts split = new TokenCounts(counts);
    assertThat(split.total(TokenClass.Side.INPUT)).isEqualTo(total);
    if (cached + written > total || audio + image + video > total) {
      assertThat(findings.violation()).isNotNull();
    }
    if (findings.violation() == null && findings.guess() == null) {
      assertThat(split.get(TokenClass.CACHE_READ) + split.get(TokenClass.CACHE_READ_AUDIO))
          .isEqualTo(cached);
      assertThat(split.get(TokenClass.INPUT_AUDIO) + split.get(TokenClass.CACHE_READ_AUDIO))
          .isEqualTo(audio);
    }
  }
}
