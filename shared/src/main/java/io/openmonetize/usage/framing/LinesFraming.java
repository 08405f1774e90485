package io.openmonetize.usage.framing;

/** JSON Lines: a document a line, blank lines between them ignored. */
final class LinesFraming implements Framing {
  private final JsonDocuments documents;

  LinesFraming(JsonDocuments documents) {
    this.documents = documents;
  }

  @Override
  public void accept(byte[] bytes, int from, int to) {
    int at = from;
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
