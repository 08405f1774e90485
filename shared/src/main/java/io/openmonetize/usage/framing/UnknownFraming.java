package io.openmonetize.usage.framing;

import org.jspecify.annotations.Nullable;

/**
 * A body whose framing shows only in its first byte that is neither blank nor part of a byte order
 * mark: a brace or a bracket begin JSON, anything else a line of an event stream. The content type
 * is no guide: error bodies come under {@code text/event-stream}.
 */
final class UnknownFraming implements Framing {
  private final DocumentHandler handler;
  private final JsonDocuments documents;
  private @Nullable Framing known;

  UnknownFraming(DocumentHandler handler, JsonDocuments documents) {
    this.handler = handler;
    this.documents = documents;
  }

  @Override
  public void accept(byte[] bytes, int from, int to) {
    int at = from;
    while (known == null && at < to) {
      switch (bytes[at]) {
        case ' ', '\t', '\r', '\n', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> at++;
        case '{', '[' -> known = new JsonFraming(handler, documents);
        default -> known = new EventStreamFraming(handler, documents);
      }
    }
    if (known != null) {
      known.accept(bytes, at, to);
    }
  }

  @Override
  public void end() {
    if (known != null) {
      known.end();
    }
  }
}
