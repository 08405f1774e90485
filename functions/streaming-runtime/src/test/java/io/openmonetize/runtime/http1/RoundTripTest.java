package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What the writer writes, the reader reads, however the bytes are cut into packets. */
class RoundTripTest {
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void chunked_anyChunksAndPackets_sameChunksAndTrailers(
      @ForAll("chunkList") List<byte[]> chunks,
      @ForAll("headers") Headers headers,
      @ForAll("headers") Headers trailers,
      @ForAll @IntRange(min = 1, max = 50) int packet,
      @ForAll @IntRange(min = 1, max = 40) int buffer)
      throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    HttpWriter writer = new HttpWriter(wire);
    RequestHead sent =
        new RequestHead("POST", "/a?b", headers.with("Transfer-Encoding", "chunked"));
    writer.requestHead(sent);
    ChunkedOutput out = writer.chunked();
    for (byte[] chunk : chunks) {
      out.write(chunk, 0, chunk.length);
    }
    out.end(trailers);
    writer.requestHead(new RequestHead("GET", "/next", Headers.NONE));

    HttpReader reader = new HttpReader(PiecesInput.every(packet, wire.toByteArray()));
    RequestHead read = reader.requestHead();
    assertThat(read).isEqualTo(sent);
    BodyInput body = reader.requestBody(read);
    assertThat(readChunks(body, buffer)).usingRecursiveComparison().isEqualTo(chunks);
    assertThat(body.trailers()).isEqualTo(trailers);
    assertThat(reader.requestHead().target()).isEqualTo("/next");
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void request_anyBodyAndPackets_sameBody(
      @ForAll byte[] content,
      @ForAll("headers") Headers headers,
      @ForAll @IntRange(min = 1, max = 50) int packet)
      throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    new HttpWriter(wire).request(new RequestHead("POST", "/", headers), content);

    HttpReader reader = new HttpReader(PiecesInput.every(packet, wire.toByteArray()));
    RequestHead read = reader.requestHead();
    assertThat(read.headers()).isEqualTo(headers.with("Content-Length", "" + content.length));
    assertThat(reader.requestBody(read).readAll(content.length)).isEqualTo(content);
    assertThat(reader.requestHead()).isNull();
  }

  /** Garbage is refused or taken as something, but neither hangs nor breaks the reader. */
  @Property(tries = 500)
  void reader_anyBytes_answersOrRefuses(@ForAll("nearlyHttp") String wire) {
    HttpReader reader = new HttpReader(PiecesInput.every(7, PiecesInput.latin1(wire)));
    try {
      for (RequestHead head; (head = reader.requestHead()) != null; ) {
        reader.requestBody(head).readAll(1000);
      }
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<List<byte[]>> chunkList() {
    Arbitrary<byte[]> chunk = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(300);
    return chunk.list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<Headers> headers() {
    Arbitrary<String> names =
        Arbitraries.strings().withChars("abcXYZ-09_!~").ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> values =
        Arbitraries.strings()
            .withCharRange('!', '~')
            .withCharRange('\u0080', '\u00ff')
            .withChars(" \t")
            .ofMaxLength(30)
            .map(Syntax::trim);
    return Combinators.combine(names, values)
        .as(Headers.Field::new)
        .list()
        .ofMaxSize(6)
        .map(Headers::new);
  }

  @Provide
  Arbitrary<String> nearlyHttp() {
    return Arbitraries.of(
            "GET",
            " ",
            "/",
            " HTTP/1.1",
            "\r\n",
            "\r\n\r\n",
            "\r",
            "\n",
            ":",
            "a: b",
            "Host: h",
            "Transfer-Encoding: chunked",
            "Content-Length: 3",
            "0",
            "3",
            "abc",
            ";",
            "\u0000",
            "\t")
        .list()
        .ofMaxSize(25)
        .map(parts -> "GET / HTTP/1.1\r\n" + String.join("", parts));
  }

  private static List<byte[]> readChunks(BodyInput body, int buffer) throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    byte[] part = new byte[buffer];
    for (int count; (count = body.read(part, 0, part.length)) >= 0; ) {
      chunk.write(part, 0, count);
      if (body.chunkRemaining() == 0) {
        chunks.add(chunk.toByteArray());
        chunk.reset();
      }
    }
    assertThat(body.complete()).isTrue();
    return chunks;
  }
}
