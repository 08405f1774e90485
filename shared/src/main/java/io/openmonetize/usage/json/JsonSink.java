package io.openmonetize.usage.json;

import org.jspecify.annotations.Nullable;

/** Takes the wanted values of a document as a {@link JsonScanner} comes to their ends. */
@FunctionalInterface
public interface JsonSink {
  /**
   * A wanted value has ended.
   *
   * @param start offset of the value's first byte from the beginning of the document
   * @param end offset behind its last byte
   * @param bytes holds the value as it was written, valid only during this call; null when the
   *     value is only counted, or longer than the scanner keeps
   */
  void value(int slot, long start, long end, byte @Nullable [] bytes, int offset, int length);
}
