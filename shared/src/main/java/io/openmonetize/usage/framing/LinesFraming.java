package io.openmonetize.usage.framing;

/** JSON Lines: a document a line, blank lines between them and a byte order mark ignored. */
final class LinesFraming implements Framing {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final JsonDocuments documents;

  /** How much of a byte order mark has been passed over; all of it once anything else came. */
  private int passed;

  LinesFraming(JsonDocuments documents) {
    this.documents = documents;
  }

  @Override
  public void accept(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && passed < BYTE_ORDER_MARK.length) {
      if (bytes[at] != BYTE_ORDER_MARK[passed]) {
        passed = BYTE_ORDER_MARK.length;
      } else {
        passed++;
        at++;
      }
    }
    while (at < to) {
      at = documents.readLine(bytes, at, to);
      if (at < to) {
        documents.end(false);
        at++;
      }
    }
  }

  @Override
  public void end() {
    documents.end(false);
  }
}
