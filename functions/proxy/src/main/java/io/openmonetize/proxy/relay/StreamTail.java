package io.openmonetize.proxy.relay;

/** Remembers how an event stream's bytes end, to know whether an event may be put after them. */
final class StreamTail {
  private static final int ENOUGH = 4;
  private static final int LF_LF = 0x0a0a;
  private static final int CR_CR = 0x0d0d;
  private static final int CR_LF_CR_LF = 0x0d0a0d0a;

  /** The last four bytes, the last of them in the lowest place; zero before the first. */
  private int last;

  void saw(byte[] buffer, int offset, int length) {
    for (int i = Math.max(offset, offset + length - ENOUGH); i < offset + length; i++) {
      last = last << Byte.SIZE | buffer[i] & 0xff;
    }
  }

  /** Whether nothing was sent, or the last event is complete. */
  boolean isBetweenEvents() {
    int two = last & 0xffff;
    return last == 0 || two == LF_LF || two == CR_CR || last == CR_LF_CR_LF;
  }
}
