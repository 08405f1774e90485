package io.openmonetize.usage.framing;

/**
 * A body that is one JSON document, or one array whose elements are the documents: Gemini streams
 * so when it is not asked for events.
 */
final class JsonFraming implements Framing {
  private enum State {
    START,
    DOCUMENT,
    BETWEEN,
    AFTER,
    LOST
  }

  private final DocumentHandler handler;
  private final JsonDocuments documents;
  private State state = State.START;
  private boolean array;

  JsonFraming(DocumentHandler handler, JsonDocuments documents) {
    this.handler = handler;
    this.documents = documents;
  }

  @Override
  public void accept(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && state != State.LOST) {
      at =
          switch (state) {
            case DOCUMENT -> document(bytes, at, to);
            case START, BETWEEN, AFTER -> between(bytes[at], at);
            case LOST -> to;
          };
    }
  }

  private int document(byte[] bytes, int from, int to) {
    int at = documents.read(bytes, from, to);
    if (documents.isBroken()) {
      documents.end(!array);
      state = State.LOST;
    } else if (documents.isWhole()) {
      documents.end(!array);
      state = array ? State.BETWEEN : State.AFTER;
    }
    return at;
  }

  private int between(byte b, int at) {
    if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
      return at + 1;
    }
    if (state == State.AFTER) {
      handler.unreadable("something follows the JSON document");
      state = State.LOST;
      return at;
    }
    if (state == State.START && b == '[') {
      array = true;
      state = State.BETWEEN;
      return at + 1;
    }
    if (state == State.BETWEEN && b == ',') {
      return at + 1;
    }
    if (state == State.BETWEEN && b == ']') {
      state = State.AFTER;
      return at + 1;
    }
    state = State.DOCUMENT;
    return at;
  }

  @Override
  public void end() {
    if (state == State.DOCUMENT) {
      documents.end(!array);
    }
    if (array && state != State.AFTER && state != State.LOST) {
      handler.unreadable("the JSON array broke off");
    }
  }
}
