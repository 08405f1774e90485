package io.openmonetize.bench.load;

/**
 * One end of a connection: what it does with each message of the other. Called by the loop's
 * thread; times are {@link System#nanoTime()}.
 */
interface Side {
  /** The head of a message; it is overwritten by the next one. */
  void head(Head head, long now);

  /** Bytes of its body, as they come. */
  void body(byte[] bytes, int from, int to, long now);

  /**
   * The message is whole.
   *
   * @param trailers whether fields came behind a chunked body
   */
  void end(boolean trailers, long now);

  /** The other end has closed, or the connection broke. */
  void closed();
}
