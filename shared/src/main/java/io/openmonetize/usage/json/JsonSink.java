package io.openmonetize.usage.json;

import org.jspecify.annotations.Nullable;

/** Takes the wanted values of a document as a {@link JsonScanner} comes to their ends. */
public interface JsonSink {
  /**
   * A wanted value has ended.
   *
   * @param bytes holds the value as it was written, valid only during this call; null when the
   *     value is only counted, or longer than the scanner keeps
   */
  void value(int slot, byte @Nullable [] bytes, int offset, int length);

  /**
   * An object has ended that the wanted paths mark as a record. The values met since the last one
   * ended are its own.
   */
  default void recordEnded() {}
}
