package io.openmonetize.usage;

/** Reads the usage out of one answer, as its bytes pass. For one thread at a time. */
public interface UsageReader {
  /** The next bytes of the body, as they came over the wire (content coding not undone). */
  void read(byte[] buffer, int offset, int length);

  /**
   * No more bytes will come. Must be called once for every reader, since some hold native memory;
   * further calls answer the same.
   */
  UsageReading finish(AnswerEnd end);
}
