package io.openmonetize.local.host;

import io.openmonetize.runtime.http1.BodyInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a streamed response begins with: JSON, then 8 NUL bytes, which JSON can't hold, and perhaps
 * already some of the body, where the function sent them together.
 *
 * @param rest the first bytes of the body
 */
record StreamPrelude(HttpAnswer answer, byte[] rest) {
  private static final int NULS = 8;
  private static final int BYTES_AT_MOST = 1024 * 1024;

  static StreamPrelude read(BodyInput body) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[8 * 1024];
    int nuls = 0;
    for (int count; (count = body.read(buffer, 0, buffer.length)) >= 0; ) {
      for (int i = 0; i < count; i++) {
        if (buffer[i] != 0) {
          if (nuls > 0 || text.size() == BYTES_AT_MOST) {
            throw new HttpAnswer.MalformedAnswerException("a prelude that does not end");
          }
          text.write(buffer[i]);
        } else if (++nuls == NULS) {
          return new StreamPrelude(
              HttpAnswer.read(text.toByteArray()), Arrays.copyOfRange(buffer, i + 1, count));
        }
      }
    }
    throw new HttpAnswer.MalformedAnswerException("a prelude without its end");
  }
}
