package io.openmonetize.query.files;

import io.openmonetize.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is sent, compressed once for all calls.
 *
 * @param zipped null where gzip would not make it smaller
 */
record StoredFile(FileType type, byte[] plain, byte @Nullable [] zipped, String hash) {
  private static final int HASH_BYTES = 16;

  static StoredFile of(FileType type, byte[] content) {
    byte[] zipped = type.compressible() ? gzip(content) : content;
    return new StoredFile(
        type, content, zipped.length < content.length ? zipped : null, hash(content));
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(content.length / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private static String hash(byte[] content) {
    return HexFormat.of().formatHex(Sha256.of(content), 0, HASH_BYTES);
  }
}
