package io.openmonetize.usage.framing;

import java.nio.charset.StandardCharsets;

/**
 * Server-sent events, as the HTML standard has them: lines end in LF, CR or both; only {@code data}
 * fields matter here, one blank before their value does not count, several of one event make one
 * document, and a blank line ends it.
 *
 * <p>Two things go beyond the standard. The last event counts without its blank line, since it may
 * be the one with the usage. And a line that begins with a brace is a bare JSON document: so Gemini
 * reports an error in the middle of a stream.
 */
final class EventStreamFraming implements Framing {
  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_MARK = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private enum State {
    LINE_START,
    FIELD_NAME,
    VALUE_START,
    DATA_VALUE,
    OTHER,
    BARE_DOCUMENT
  }

  private final DocumentHandler handler;
  private final JsonDocuments documents;
  private State state = State.LINE_START;
  private boolean afterCarriageReturn;
  private int nameLength;
  private boolean eventHasData;
  // How much of the end mark the event's data has shown; -1 once it shows something else.
  private int endMark;

  EventStreamFraming(DocumentHandler handler, JsonDocuments documents) {
    this.handler = handler;
    this.documents = documents;
  }

  @Override
  public void accept(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (afterCarriageReturn) {
        afterCarriageReturn = false;
        if (bytes[at] == '\n') {
          at++;
          continue;
        }
      }
      at =
          switch (state) {
            case LINE_START -> lineStart(bytes[at], at);
            case FIELD_NAME -> fieldName(bytes, at, to);
            case VALUE_START -> valueStart(bytes[at], at);
            case DATA_VALUE -> dataValue(bytes, at, to);
            case OTHER -> other(bytes, at, to);
            case BARE_DOCUMENT -> bareDocument(bytes, at, to);
          };
    }
  }

  @Override
  public void end() {
    if (state == State.BARE_DOCUMENT) {
      documents.end(false);
    }
    endEvent();
  }

  private int lineStart(byte b, int at) {
    if (b == '\n' || b == '\r') {
      endEvent();
      return endLine(b, at);
    }
    if (b == '{') {
      endEvent();
      state = State.BARE_DOCUMENT;
      return at;
    }
    nameLength = 0;
    state = State.FIELD_NAME;
    return at;
  }

  private int fieldName(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && nameLength < DATA.length && bytes[at] == DATA[nameLength]) {
      nameLength++;
      at++;
    }
    if (at < to) {
      boolean isData = nameLength == DATA.length && bytes[at] == ':';
      state = isData ? State.VALUE_START : State.OTHER;
      return isData ? at + 1 : at;
    }
    return at;
  }

  private int valueStart(byte b, int at) {
    if (eventHasData) {
      documents.lineBreak();
    } else {
      eventHasData = true;
      endMark = 0;
    }
    state = State.DATA_VALUE;
    return b == ' ' ? at + 1 : at;
  }

  private int dataValue(byte[] bytes, int from, int to) {
    int at = documents.readLine(bytes, from, to);
    for (int i = from; endMark >= 0 && i < at; i++) {
      matchEndMark(bytes[i]);
    }
    return at < to ? endLine(bytes[at], at) : at;
  }

  private void matchEndMark(byte b) {
    if (endMark == END_MARK.length) {
      endMark = b == ' ' ? endMark : -1;
    } else {
      endMark = b == END_MARK[endMark] ? endMark + 1 : -1;
    }
  }

  private int other(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at < to ? endLine(bytes[at], at) : at;
  }

  private int bareDocument(byte[] bytes, int from, int to) {
    int at = documents.read(bytes, from, to);
    if (documents.isWhole() || documents.isBroken()) {
      documents.end(false);
      state = State.OTHER;
    }
    return at;
  }

  private int endLine(byte lineEnd, int at) {
    afterCarriageReturn = lineEnd == '\r';
    state = State.LINE_START;
    return at + 1;
  }

  private void endEvent() {
    if (!eventHasData) {
      return;
    }
    eventHasData = false;
    if (endMark == END_MARK.length) {
      documents.forget();
      handler.endMark();
    } else {
      documents.end(false);
    }
  }
}
