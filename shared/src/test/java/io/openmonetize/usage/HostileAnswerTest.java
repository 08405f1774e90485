package io.openmonetize.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the bytes, a reader throws nothing, says the same at every split, and gives a reason.
 */
class HostileAnswerTest {
  static List<ConformanceCorpus.Case> cases() {
    return ConformanceCorpus.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void read_damagedBody_givesAReading(ConformanceCorpus.Case body) {
    Random random = new Random(body.file().hashCode());
    for (int round = 0; round < 60; round++) {
      byte[] damaged = damage(body.body().clone(), random);
      AnswerEnd end = AnswerEnd.values()[random.nextInt(3)];
      UsageReading whole = Readings.whole(body.request(), body.response(), damaged, end);
      assertSound(whole.usage());
      whole.batchLines().forEach(line -> assertSound(line.usage()));
      assertThat(Readings.atRandom(body.request(), body.response(), damaged, end, random))
          .isEqualTo(whole);
      assertThat(Readings.inPieces(body.request(), body.response(), damaged, end, 1))
          .isEqualTo(whole);
    }
  }

  private static byte[] damage(byte[] body, Random random) {
    int changes = 1 + random.nextInt(4);
    byte[] damaged = body;
    for (int i = 0; i < changes && damaged.length > 2; i++) {
      int at = random.nextInt(damaged.length);
      int length = Math.min(damaged.length - at, 1 + random.nextInt(12));
      damaged =
          switch (random.nextInt(4)) {
            case 0 -> replaced(damaged, at, 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(damaged, at, length, new byte[0]);
            case 2 -> replaced(damaged, at, 0, Arrays.copyOfRange(damaged, at, at + length));
            default -> replaced(damaged, at, 1, meaningful(random));
          };
    }
    return damaged;
  }

  private static byte[] meaningful(Random random) {
    String[] pieces = {"\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "\r", "-", "9e9999", "null"};
    return pieces[random.nextInt(pieces.length)].getBytes(UTF_8);
  }

  private static byte[] replaced(byte[] body, int at, int length, byte[] with) {
    byte[] result = new byte[body.length - length + with.length];
    System.arraycopy(body, 0, result, 0, at);
    System.arraycopy(with, 0, result, at, with.length);
    System.arraycopy(body, at + length, result, at + with.length, body.length - at - length);
    return result;
  }

  private static void assertSound(Usage usage) {
    if (usage.status() == UsageStatus.EXACT) {
      assertThat(usage.reason()).isNull();
    } else {
      assertThat(usage.reason()).isNotBlank().doesNotContain("the reader failed");
    }
    assertThat(String.valueOf(usage.raw()).length()).isLessThanOrEqualTo(2048);
    usage.tokens();
  }

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void read_randomBytes_givesAReading(Endpoint endpoint) {
    RequestFacts request = new RequestFacts(endpoint, "m", true);
    Random random = new Random(11);
    for (@Nullable String coding : new String[] {null, "gzip", "deflate", "br"}) {
      for (int round = 0; round < 30; round++) {
        byte[] bytes = new byte[random.nextInt(3000)];
        random.nextBytes(bytes);
        ResponseFacts response = new ResponseFacts(200, "text/event-stream", coding);
        UsageReading whole = Readings.whole(request, response, bytes, AnswerEnd.WHOLE);
        assertSound(whole.usage());
        assertThat(Readings.atRandom(request, response, bytes, AnswerEnd.WHOLE, random))
            .isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void finish_withoutABody_givesAReading(Endpoint endpoint) {
    for (int status : new int[] {100, 200, 204, 302, 404, 500}) {
      for (AnswerEnd end : AnswerEnd.values()) {
        UsageReader reader =
            UsageReaders.of(
                new RequestFacts(endpoint, null, false), new ResponseFacts(status, null, null));
        UsageReading reading = reader.finish(end);
        assertSound(reading.usage());
        assertThat(reading.usage().status()).isIn(UsageStatus.NONE, UsageStatus.MISSING);
        assertThat(reader.finish(AnswerEnd.ABANDONED)).isSameAs(reading);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"usage\":{\"input_tokens\":9223372036854775807,\"output_tokens\":9223372036854775807}}",
        "{\"usage\":{\"input_tokens\":1e999999999,\"output_tokens\":1}}",
        "{\"usage\":{\"input_tokens\":{},\"output_tokens\":[1]}}",
        "{\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"cache_creation\":7,\"iterations\":{}}}",
        "{\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"iterations\":[null,1,[]]}}",
        "{\"usage\":{\"input_tokens\":\u0001}}",
        "{\"usage\":{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}",
        "{\"usage\":[1,2],\"id\":3,\"model\":{}}",
        "{\"model\":\"\\ud800\\u0000\",\"id\":\"\\\"\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"
      })
  void read_strangeUsage_givesAReading(String body) {
    for (Endpoint endpoint :
        new Endpoint[] {
          Endpoint.ANTHROPIC_MESSAGES, Endpoint.OPENAI_RESPONSES, Endpoint.OPENAI_CHAT_COMPLETIONS
        }) {
      UsageReading reading =
          Readings.whole(
              new RequestFacts(endpoint, null, false),
              new ResponseFacts(200, "application/json", null),
              body.getBytes(UTF_8),
              AnswerEnd.WHOLE);
      assertSound(reading.usage());
    }
  }

  @Test
  void read_invalidUtf8InText_doesNotMatter() {
    byte[] body =
        "{\"content\":\"??\",\"usage\":{\"input_tokens\":4,\"output_tokens\":5}}".getBytes(UTF_8);
    body[12] = (byte) 0xFF;
    body[13] = (byte) 0xC0;
    UsageReading reading =
        Readings.whole(
            new RequestFacts(Endpoint.ANTHROPIC_MESSAGES, "m", false),
            new ResponseFacts(200, "application/json", null),
            body,
            AnswerEnd.WHOLE);
    assertThat(reading.usage().status()).isEqualTo(UsageStatus.EXACT);
  }

  @Test
  void read_argumentsOutOfBounds_becomesAReason() {
    UsageReader reader =
        UsageReaders.of(
            new RequestFacts(Endpoint.ANTHROPIC_MESSAGES, "m", false),
            new ResponseFacts(200, "application/json", null));
    reader.read(new byte[2], 1, 50);
    Usage usage = reader.finish(AnswerEnd.WHOLE).usage();
    assertThat(usage.status()).isEqualTo(UsageStatus.MISSING);
    assertThat(usage.reason()).startsWith("the reader failed");
  }
}
