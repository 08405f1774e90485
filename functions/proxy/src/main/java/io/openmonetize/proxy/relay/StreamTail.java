package io.openmonetize.proxy.relay;

/** Remembers how an event stream's bytes end, to know whether an event may be put after them. */
final class StreamTail {
  private static final int ENOUGH = 4;

  private final StringBuilder last = new StringBuilder();

  void saw(byte[] buffer, int offset, int length) {
    for (int i = Math.max(offset, offset + length - ENOUGH); i < offset + length; i++) {
      last.append((char) (buffer[i] & 0xff));
    }
    last.delete(0, Math.max(0, last.length() - ENOUGH));
  }

  /** Whether nothing was sent, or the last event is complete. */
  boolean isBetweenEvents() {
    String text = last.toString();
    return text.isEmpty()
        || text.endsWith("\n\n")
        || text.endsWith("\r\r")
        || text.endsWith("\r\n\r\n");
  }
}
