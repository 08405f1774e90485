package io.openmonetize.proxy.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageFrameFilterTest {
  private static final String CHUNK =
      "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"\u00fc\"}}],\"usage\":null}\n\n";
  private static final String USAGE =
      "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  @Property
  void pass_anySplit_withholdsTheUsageFrameAlone(
      @ForAll("streams") List<String> frames, @ForAll @IntRange(min = 1, max = 200) int step) {
    String all = String.join("", frames);
    int usage = all.indexOf(USAGE);
    String expected =
        usage < 0 ? all : all.substring(0, usage) + all.substring(usage + USAGE.length());
    assertThat(filtered(all, step)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> streams() {
    return Arbitraries.of(
            CHUNK,
            CHUNK,
            USAGE,
            DONE,
            ": ping\n\n",
            "\n",
            "event: x\ndata: 1\n\n",
            "data: {\"choices\":[]}\n\n")
        .list()
        .ofMaxSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void pass_anyLineEnd_isUnderstood(String end) {
    String stream = (CHUNK + USAGE + CHUNK + DONE).replace("\n", end);
    String expected = (CHUNK + CHUNK + DONE).replace("\n", end);
    for (int step = 1; step < 20; step++) {
      assertThat(filtered(stream, step)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:{\"choices\":[],\"usage\":{}}\n\n",
        "data: {\"usage\" : { \"a\":[1] } , \"choices\" : [ ] }\n\n",
        "event: chunk\nid: 7\ndata: {\"choices\":[],\"usage\":{\"a\":1}}\n\n",
        ": note\ndata: {\"choices\":[],\ndata: \"usage\":{\"a\":1}}\n\n",
      })
  void pass_usageFrameInAnotherDress_isWithheld(String frame) {
    assertThat(filtered(CHUNK + frame + DONE, 7)).isEqualTo(CHUNK + DONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"choices\":[],\"usage\":null}\n\n",
        "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n",
        "data: {\"choices\":[{}],\"usage\":{\"a\":1}}\n\n",
        "data: {\"usage\":{\"a\":1}}\n\n",
        "data: {\"choices\":{},\"usage\":{\"a\":1}}\n\n",
        "data: {\"choices\":[],\"usage\":{\"a\":1}\n\n",
        "data: [{\"choices\":[],\"usage\":{\"a\":1}}]\n\n",
        "data: {\"x\":{\"choices\":[],\"usage\":{\"a\":1}}}\n\n",
        "dat: {\"choices\":[],\"usage\":{\"a\":1}}\n\n",
      })
  void pass_frameThatTheCallerWouldGetAnyway_isPassed(String frame) {
    assertThat(filtered(CHUNK + frame + DONE, 7)).isEqualTo(CHUNK + frame + DONE);
  }

  @Test
  void pass_secondUsageFrame_isPassed() {
    assertThat(filtered(USAGE + USAGE, 5)).isEqualTo(USAGE);
  }

  @Test
  void pass_completeFrame_isNotKeptBack() {
    UsageFrameFilter filter = new UsageFrameFilter();
    byte[] frame = (CHUNK + "data: {\"cho").getBytes(UTF_8);
    assertThat(pass(filter, frame)).isEqualTo(CHUNK.getBytes(UTF_8));
  }

  @Test
  void pass_frameTooLargeToBeIt_isLetGoAtOnce() {
    UsageFrameFilter filter = new UsageFrameFilter();
    byte[] large = ("data: {\"choices\":[],\"x\":\"" + "a".repeat(70_000)).getBytes(UTF_8);
    assertThat(pass(filter, large)).isEqualTo(large);
    byte[] rest = ("\",\"usage\":{}}\n\n" + USAGE).getBytes(UTF_8);
    assertThat(new String(pass(filter, rest), UTF_8)).isEqualTo("\",\"usage\":{}}\n\n");
  }

  @Test
  void end_frameWithoutItsBlankLine_isJudgedAllTheSame() {
    assertThat(filtered(CHUNK + USAGE.stripTrailing(), 9)).isEqualTo(CHUNK);
    assertThat(filtered(CHUNK + "data: {\"a", 9)).isEqualTo(CHUNK + "data: {\"a");
  }

  private static String filtered(String stream, int step) {
    UsageFrameFilter filter = new UsageFrameFilter();
    byte[] bytes = stream.getBytes(UTF_8);
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; from += step) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step));
      passed.writeBytes(pass(filter, part));
    }
    filter.end();
    passed.write(filter.passed(), 0, filter.passedLength());
    return passed.toString(UTF_8);
  }

  private static byte[] pass(UsageFrameFilter filter, byte[] bytes) {
    filter.pass(bytes, bytes.length);
    return Arrays.copyOf(filter.passed(), filter.passedLength());
  }
}
