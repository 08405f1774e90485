package io.openmonetize.usage.framing;

/** Takes bytes in whatever pieces they come. */
@FunctionalInterface
interface ByteSink {
  /** The bytes from {@code from} up to {@code to}; the array is not kept. */
  void accept(byte[] bytes, int from, int to);
}
