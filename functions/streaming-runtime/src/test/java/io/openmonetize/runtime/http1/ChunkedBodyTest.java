package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChunkedBodyTest {
  @Test
  void read_writtenByChunkedOutput_sameBytesAndTrailers() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    HttpWriter writer = new HttpWriter(wire);
    writer.responseHead(new ResponseHead(200, "OK", Headers.of("Transfer-Encoding", "chunked")));
    ChunkedOutput out = writer.chunked();
    out.write("hello".getBytes(StandardCharsets.UTF_8), 0, 5);
    out.write(new byte[300], 0, 300);
    out.end(Headers.of("x", "y"));

    HttpReader reader = new HttpReader(new ByteArrayInputStream(wire.toByteArray()));
    BodyInput body = reader.responseBody(reader.responseHead(), false);
    assertThat(body.readAll(1000)).hasSize(305).startsWith('h', 'e', 'l', 'l', 'o', 0);
    assertThat(body.trailers()).isEqualTo(Headers.of("x", "y"));
  }
}
