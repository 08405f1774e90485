package io.openmonetize.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Bodies far larger than what a reader may keep, made as they are read. Memory is measured as what
 * the reading thread allocates, which no collector and no neighbour can change.
 */
class BoundedMemoryTest {
  private static final int MEGABYTE = 1 << 20;

  /** Beside bodies of 50 and 200 MB: room for the classes that the first test to run loads. */
  private static final long LITTLE = 8L * MEGABYTE;

  private static final String USAGE =
      "\"usage\":{\"input_tokens\":9,\"output_tokens\":12,\"total_tokens\":21}";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final byte[] filler = filler();

  private static byte[] filler() {
    byte[] filler = new byte[64 * 1024];
    Arrays.fill(filler, (byte) 'A');
    return filler;
  }

  private static UsageReader responses(String coding) {
    return UsageReaders.of(
        new RequestFacts(Endpoint.OPENAI_RESPONSES, "m", true),
        new ResponseFacts(200, "text/event-stream", coding.isEmpty() ? null : coding));
  }

  private static void read(UsageReader reader, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    reader.read(bytes, 0, bytes.length);
  }

  private void readFiller(UsageReader reader, int megabytes) {
    for (long left = (long) megabytes * MEGABYTE; left > 0; left -= filler.length) {
      reader.read(filler, 0, filler.length);
    }
  }

  private long allocated() {
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static void assertExact(Usage usage) {
    assertThat(usage.status()).as(String.valueOf(usage.reason())).isEqualTo(UsageStatus.EXACT);
    assertThat(usage.tokens().get(TokenClass.INPUT)).isEqualTo(9);
    assertThat(usage.tokens().get(TokenClass.OUTPUT)).isEqualTo(12);
  }

  @Test
  void read_dataLineOf200Megabytes_readsTheUsageBehindIt() {
    UsageReader reader = responses("");
    long before = allocated();
    read(reader, "data: {\"type\":\"response.completed\",\"response\":{\"output\":[{\"result\":\"");
    readFiller(reader, 200);
    read(reader, "\"}]," + USAGE + ",\"status\":\"completed\"}}\n\n");
    Usage usage = reader.finish(AnswerEnd.WHOLE).usage();
    assertThat(allocated() - before).isLessThan(LITTLE);
    assertExact(usage);
  }

  @Test
  void read_textOf50MegabytesBehindTheUsage_changesNothing() {
    UsageReader reader =
        UsageReaders.of(
            new RequestFacts(Endpoint.OPENAI_IMAGES, "gpt-image-1", false),
            new ResponseFacts(200, "application/json", null));
    long before = allocated();
    read(reader, "{" + USAGE + ",\"data\":[{\"b64_json\":\"");
    readFiller(reader, 50);
    read(reader, "\"}]}");
    Usage usage = reader.finish(AnswerEnd.WHOLE).usage();
    assertThat(allocated() - before).isLessThan(LITTLE);
    assertThat(usage.status()).isEqualTo(UsageStatus.EXACT);
    assertThat(usage.tokens().get(TokenClass.OUTPUT_IMAGE)).isEqualTo(12);
  }

  @Test
  void read_wantedValueOf200Megabytes_isMissingWithTheReason() {
    UsageReader reader = responses("");
    long before = allocated();
    read(reader, "data: {\"type\":\"response.completed\",\"response\":{\"usage\":{\"text\":\"");
    readFiller(reader, 200);
    read(reader, "\"}}}\n\n");
    Usage usage = reader.finish(AnswerEnd.WHOLE).usage();
    assertThat(allocated() - before).isLessThan(LITTLE);
    assertThat(usage.status()).isEqualTo(UsageStatus.MISSING);
    assertThat(usage.reason()).isEqualTo("a value is longer than 65536 bytes");
  }

  @Test
  void read_nameAndLineOfManyMegabytes_arePassedOver() {
    UsageReader reader = responses("");
    long before = allocated();
    read(reader, ": ");
    readFiller(reader, 20);
    read(reader, "\nx");
    readFiller(reader, 20);
    read(reader, ": y\ndata: {\"");
    readFiller(reader, 20);
    read(reader, "\":1,\"type\":\"response.completed\",\"response\":{" + USAGE + "}}\n\n");
    Usage usage = reader.finish(AnswerEnd.WHOLE).usage();
    assertThat(allocated() - before).isLessThan(LITTLE);
    assertExact(usage);
  }

  @Test
  void read_compressed200Megabytes_isDecodedInBoundedMemory() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
      gzip.write(
          "data: {\"type\":\"response.completed\",\"response\":{\"output\":\"".getBytes(UTF_8));
      for (int i = 0; i < 200 * 16; i++) {
        gzip.write(filler);
      }
      gzip.write(("\"," + USAGE + "}}\n\n").getBytes(UTF_8));
    }
    byte[] compressed = body.toByteArray();
    UsageReader reader = responses("gzip");
    long before = allocated();
    reader.read(compressed, 0, compressed.length);
    Usage usage = reader.finish(AnswerEnd.WHOLE).usage();
    assertThat(allocated() - before).isLessThan(LITTLE);
    assertExact(usage);
  }

  @Test
  void read_manyChunks_allocatesNothingForThem() {
    UsageReader reader =
        UsageReaders.of(
            new RequestFacts(Endpoint.OPENAI_CHAT_COMPLETIONS, "m", true),
            new ResponseFacts(200, "text/event-stream", null));
    byte[] chunk =
        ("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-5.6\","
                + "\"service_tier\":\"default\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                + "\" word\"}}],\"usage\":null}\n\n")
            .getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      reader.read(chunk, 0, chunk.length);
    }
    long before = allocated();
    for (int i = 0; i < 100_000; i++) {
      reader.read(chunk, 0, chunk.length);
    }
    // A tenth of a byte a chunk: whatever the measuring itself and a compiler's change may take.
    assertThat(allocated() - before).isLessThan(10_000);
    assertThat(reader.finish(AnswerEnd.WHOLE).model()).isEqualTo("gpt-5.6");
  }

  @Test
  void of_linesHandedOn_areNotCollected() {
    List<String> ids = new ArrayList<>();
    UsageReader reader =
        UsageReaders.of(
            new RequestFacts(Endpoint.ANTHROPIC_BATCH_RESULTS, null, false),
            new ResponseFacts(200, "application/x-jsonl", null),
            line -> ids.add(String.valueOf(line.customId())));
    for (int i = 0; i < 3; i++) {
      read(
          reader,
          "{\"custom_id\":\"c"
              + i
              + "\",\"result\":{\"type\":\"succeeded\",\"message\":{\"usage\":"
              + "{\"input_tokens\":1,\"output_tokens\":2}}}}\n");
      assertThat(ids).hasSize(i + 1);
    }
    UsageReading reading = reader.finish(AnswerEnd.WHOLE);
    assertThat(reading.batchLines()).isEmpty();
    assertThat(reading.usage().status()).isEqualTo(UsageStatus.NONE);
  }
}
