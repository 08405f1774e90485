package io.openmonetize.usage.framing;

import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonScanner;

/** Reads one document after the other and hands each to the handler when it has ended. */
final class JsonDocuments {
  private final DocumentHandler handler;
  private final DocumentValues values;
  private final JsonScanner scanner;
  private boolean followed;

  JsonDocuments(DocumentHandler handler) {
    this.handler = handler;
    this.values = new DocumentValues(handler.paths());
    values.onRecord(() -> handler.record(values));
    this.scanner = new JsonScanner(handler.paths(), values);
  }

  /** Goes on with the document up to its end or to {@code to}; answers where it stopped. */
  int read(byte[] bytes, int from, int to) {
    return scanner.scan(bytes, from, to, false);
  }

  /** Goes on with the document up to the end of the line or to {@code to}, whichever is first. */
  int readLine(byte[] bytes, int from, int to) {
    int at = scanner.scan(bytes, from, to, true);
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      // Anthropic pads its lines with blanks; anything else behind a document is not JSON.
      followed |= bytes[at] != ' ' && bytes[at] != '\t';
      at++;
    }
    return at;
  }

  /** The document goes on behind a line end. */
  void lineBreak() {
    scanner.lineBreak();
  }

  boolean isWhole() {
    return scanner.progress() == JsonScanner.Progress.WHOLE;
  }

  boolean isBroken() {
    return scanner.progress() == JsonScanner.Progress.BROKEN;
  }

  /** The document ends here, whole or not. Where none had begun, nothing happens. */
  void end(boolean alone) {
    JsonScanner.Progress progress = scanner.end();
    if (progress != JsonScanner.Progress.EMPTY) {
      boolean broken = progress == JsonScanner.Progress.BROKEN || followed;
      values.ended(!broken && progress == JsonScanner.Progress.WHOLE);
      handler.document(values, alone);
      if (values.isTooLong()) {
        handler.unreadable("a value is longer than " + JsonScanner.MAX_VALUE + " bytes");
      }
      if (progress == JsonScanner.Progress.UNFINISHED) {
        handler.unreadable("the JSON broke off");
      } else if (broken) {
        handler.unreadable("not JSON");
      }
    }
    forget();
  }

  /** The document was something else. */
  void forget() {
    scanner.reset();
    values.clear();
    followed = false;
  }
}
