package io.openmonetize.usage.framing;

/** How documents stand in the bytes of a body. */
public sealed interface Framing extends ByteSink
    permits EventStreamFraming, JsonFraming, LinesFraming, UnknownFraming {

  @Override
  void accept(byte[] bytes, int from, int to);

  /** No more bytes will come: an event or a line may end here without its line end. */
  void end();

  /** One document a line. */
  static Framing lines(DocumentHandler handler) {
    return new LinesFraming(new JsonDocuments(handler));
  }

  /** An event stream, a body or an array: what it is, its first bytes tell. */
  static Framing detected(DocumentHandler handler) {
    return new UnknownFraming(handler, new JsonDocuments(handler));
  }
}
