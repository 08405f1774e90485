package io.openmonetize.usage.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest {
  private static final byte[] BODY = "{\"n\":\"äöü 123 äöü 123\"}\n".repeat(40).getBytes(UTF_8);
  private static final int LINES = 40;

  /** Decodes whole and in pieces; answers the documents and, last, what went wrong. */
  private static List<String> decode(String coding, byte[] body) {
    List<String> whole = decode(coding, body, Math.max(1, body.length));
    for (int size : new int[] {1, 2, 7, 100}) {
      assertThat(decode(coding, body, size)).as("pieces of %d", size).isEqualTo(whole);
    }
    return whole;
  }

  private static List<String> decode(String coding, byte[] body, int size) {
    RecordedDocuments documents = new RecordedDocuments();
    Framing framing = Framing.lines(documents);
    Decoding decoding = Decoding.of(coding, framing).orElseThrow();
    for (int at = 0; at < body.length; at += size) {
      decoding.accept(body, at, Math.min(body.length, at + size));
    }
    String fault = decoding.end();
    framing.end();
    List<String> result = new ArrayList<>(documents.events);
    result.add(String.valueOf(fault));
    return result;
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(byte[] body, boolean raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, raw))) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static void assertWhole(List<String> decoded) {
    assertThat(decoded).hasSize(LINES + 1).endsWith("null");
    assertThat(decoded.subList(0, LINES)).containsOnly("\"äöü 123 äöü 123\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", " gzip ", "identity, gzip"})
  void accept_gzip_isDecoded(String coding) throws IOException {
    assertWhole(decode(coding, gzip(BODY)));
  }

  @Test
  void accept_severalMembers_areDecoded() throws IOException {
    byte[] first = Arrays.copyOf(BODY, BODY.length / 3);
    byte[] rest = Arrays.copyOfRange(BODY, BODY.length / 3, BODY.length);
    assertWhole(decode("gzip", join(gzip(first), gzip(new byte[0]), gzip(rest))));
  }

  @Test
  void accept_paddingBehindTheLastMember_isIgnored() throws IOException {
    assertWhole(decode("gzip", join(gzip(BODY), new byte[] {0, 0, 0})));
    assertWhole(decode("gzip", join(gzip(BODY), new byte[] {0x1F, 7, 7, 7})));
  }

  @Test
  void accept_everyHeaderField_isSkipped() throws IOException {
    byte[] plain = gzip(BODY);
    for (int flags = 0; flags < 32; flags += 2) {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      header.write(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
      if ((flags & 4) != 0) {
        header.write(new byte[] {3, 0, 'a', 0, 'c'});
      }
      if ((flags & 8) != 0) {
        header.write(new byte[] {'n', 0});
      }
      if ((flags & 16) != 0) {
        header.write(new byte[] {'c', 'c', 0});
      }
      if ((flags & 2) != 0) {
        header.write(new byte[] {9, 9});
      }
      byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
      assertWhole(decode("gzip", join(header.toByteArray(), rest)));
    }
  }

  @Test
  void accept_emptyExtraField_isSkipped() throws IOException {
    byte[] plain = gzip(BODY);
    byte[] header = {0x1F, (byte) 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 0, 0};
    assertWhole(decode("gzip", join(header, Arrays.copyOfRange(plain, 10, plain.length))));
  }

  @Test
  void accept_deflateOfBothKinds_isDecoded() throws IOException {
    assertWhole(decode("deflate", deflate(BODY, false)));
    assertWhole(decode("deflate", deflate(BODY, true)));
  }

  @Test
  void accept_truncated_saysSo() throws IOException {
    byte[] whole = gzip(BODY);
    for (int length = 1; length < whole.length; length++) {
      assertThat(decode("gzip", Arrays.copyOf(whole, length)).getLast())
          .as("%d bytes", length)
          .isEqualTo("the compressed data broke off");
    }
    byte[] zlib = deflate(BODY, false);
    assertThat(decode("deflate", Arrays.copyOf(zlib, zlib.length - 9)).getLast())
        .isEqualTo("the compressed data broke off");
  }

  @Test
  void accept_damaged_saysSoAndGoesOn() throws IOException {
    byte[] damaged = gzip(BODY);
    damaged[20] ^= 0x55;
    assertThat(decode("gzip", damaged, 5).getLast()).isEqualTo("the compressed data is broken");
    byte[] wrongSum = gzip(BODY);
    wrongSum[wrongSum.length - 6] ^= 1;
    assertThat(decode("gzip", wrongSum).getLast()).isEqualTo("the compressed data is broken");
  }

  @Test
  void accept_notGzipAtAll_passesAsItIs() {
    assertWhole(decode("gzip", BODY));
    assertThat(decode("gzip", new byte[] {0x1F, '{'})).endsWith("null");
  }

  @Test
  void accept_flushedBytes_arePassedOnAtOnce() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    RecordedDocuments documents = new RecordedDocuments();
    Decoding decoding = Decoding.of("gzip", Framing.lines(documents)).orElseThrow();
    try (GZIPOutputStream gzip = new GZIPOutputStream(sent, true)) {
      for (int i = 1; i <= 5; i++) {
        gzip.write(("{\"n\":" + i + "}\n").getBytes(UTF_8));
        gzip.flush();
        decoding.accept(sent.toByteArray(), 0, sent.size());
        sent.reset();
        assertThat(documents.events).hasSize(i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip", "gzip, br", "compress"})
  void of_otherCodings_isNothing(String coding) {
    assertThat(Decoding.of(coding, Framing.lines(new RecordedDocuments()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", " , "})
  void of_noCoding_passesAsItIs(String coding) {
    assertWhole(decode(coding, BODY));
  }
}
