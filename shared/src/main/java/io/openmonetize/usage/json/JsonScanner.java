package io.openmonetize.usage.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document as its bytes come, in any pieces, and hands the values at the wanted
 * paths to a sink as they were written. All else is walked over: nothing is decoded, and a value of
 * any size costs no memory. Every byte is looked at once.
 *
 * <p>It checks the structure that leads to wanted values, and of the rest only quotes and brackets:
 * enough to be sure where a value stands, not enough to call a document valid. Names may be
 * escaped; a name that stands twice is reported twice.
 */
public final class JsonScanner {
  /** The longest value that is kept, in bytes; a provider's usage object takes a few hundred. */
  public static final int MAX_VALUE = 64 * 1024;

  /** How far the document has come. */
  public enum Progress {
    /** Not one byte of a value yet. */
    EMPTY,
    UNFINISHED,
    WHOLE,
    /** The bytes were not JSON. */
    BROKEN
  }

  private enum State {
    VALUE(true),
    FIRST_ELEMENT(true),
    FIRST_NAME(true),
    NAME_DUE(true),
    NAME(false),
    COLON(true),
    NEXT(true),
    TEXT(false),
    ATOM(false),
    FILLER(false),
    FILLER_TEXT(false),
    WHOLE(false),
    BROKEN(false);

    /** Whether the next byte that is no blank decides. */
    private final boolean structure;

    State(boolean structure) {
      this.structure = structure;
    }
  }

  private final JsonPaths paths;
  private final JsonSink sink;
  private final Capture capture = new Capture(MAX_VALUE);
  private final Filler filler = new Filler();
  private final JsonPaths.Node[] open;
  private final boolean[] openIsObject;

  private State state = State.VALUE;
  private int depth;
  private JsonPaths.@Nullable Node target;
  private int slot = -1;
  private boolean escaped;
  private boolean nameHasEscape;

  // Of the scan under way.
  private boolean stopAtLineEnd;
  private boolean atLineEnd;

  public JsonScanner(JsonPaths paths, JsonSink sink) {
    this.paths = paths;
    this.sink = sink;
    this.open = new JsonPaths.Node[paths.depth() + 1];
    this.openIsObject = new boolean[paths.depth() + 1];
    reset();
  }

  /** Forget the document; the next byte begins another. */
  public void reset() {
    state = State.VALUE;
    depth = 0;
    target = paths.root();
    slot = -1;
    escaped = false;
    capture.drop();
  }

  /**
   * Goes on with the document.
   *
   * @param stopAtLineEnd whether a carriage return or line feed ends the scan instead of being part
   *     of the document: no JSON text needs either, so this finds the ends of an event stream's
   *     lines without a second look
   * @return where it stopped: at {@code to}, at a line end, or behind the document's last byte
   */
  public int scan(byte[] bytes, int from, int to, boolean stopAtLineEnd) {
    this.stopAtLineEnd = stopAtLineEnd;
    atLineEnd = false;
    capture.resume(from);
    int i = from;
    while (i < to && !atLineEnd && state != State.WHOLE && state != State.BROKEN) {
      i =
          switch (state) {
            case TEXT, NAME, FILLER_TEXT -> text(bytes, i, to);
            case FILLER -> filler(bytes, i, to);
            case ATOM -> atom(bytes, i, to);
            case VALUE, FIRST_ELEMENT, FIRST_NAME, NAME_DUE, COLON, NEXT -> structure(bytes, i, to);
            case WHOLE, BROKEN -> i;
          };
    }
    capture.cut(bytes, i);
    return i;
  }

  /** The document goes on behind a line end at which the last scan stopped. */
  public void lineBreak() {
    switch (state) {
      case TEXT, NAME, FILLER_TEXT -> fail();
      case ATOM -> {
        if (depth == 0) {
          state = State.WHOLE;
        } else {
          fail();
        }
      }
      default -> {}
    }
  }

  /** No more bytes will come. A number or a literal that is the whole document ends here. */
  public Progress end() {
    if (state == State.ATOM && depth == 0) {
      state = State.WHOLE;
    }
    return progress();
  }

  public Progress progress() {
    return switch (state) {
      case WHOLE -> Progress.WHOLE;
      case BROKEN -> Progress.BROKEN;
      case VALUE -> depth == 0 ? Progress.EMPTY : Progress.UNFINISHED;
      default -> Progress.UNFINISHED;
    };
  }

  private int text(byte[] bytes, int from, int to) {
    int at = escaped ? from : JsonBytes.endOfText(bytes, from, to);
    if (at == to) {
      return to;
    }
    byte b = bytes[at];
    if (stopAtLineEnd && (b == '\n' || b == '\r')) {
      atLineEnd = true;
      return at;
    }
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
      nameHasEscape = true;
    } else if (b == '"') {
      textEnded(bytes, at);
    }
    return at + 1;
  }

  private void textEnded(byte[] bytes, int at) {
    switch (state) {
      case NAME -> {
        capture.end(bytes, at);
        target = member();
        state = State.COLON;
      }
      case FILLER_TEXT -> state = State.FILLER;
      default -> valueEnded(bytes, at + 1);
    }
  }

  private JsonPaths.@Nullable Node member() {
    byte[] name = capture.bytes();
    if (name == null) {
      return null;
    }
    int start = capture.offset();
    int length = capture.length();
    if (nameHasEscape) {
      byte[] plain = JsonText.unescape(name, start, length).getBytes(StandardCharsets.UTF_8);
      return open[depth - 1].member(plain, 0, plain.length);
    }
    return open[depth - 1].member(name, start, length);
  }

  private int filler(byte[] bytes, int from, int to) {
    int at = JsonBytes.endOfFiller(bytes, from, to);
    if (at == to) {
      return to;
    }
    switch (bytes[at]) {
      case '"' -> state = State.FILLER_TEXT;
      case '{' -> filler.open(true);
      case '[' -> filler.open(false);
      case '}' -> closeFiller(bytes, at, true);
      case ']' -> closeFiller(bytes, at, false);
      case '\n', '\r' -> {
        if (stopAtLineEnd) {
          atLineEnd = true;
          return at;
        }
      }
      default -> {}
    }
    return at + 1;
  }

  private void closeFiller(byte[] bytes, int at, boolean object) {
    if (!filler.close(object)) {
      fail();
    } else if (filler.isClosed()) {
      valueEnded(bytes, at + 1);
    }
  }

  private int atom(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (bytes[i]) {
        case ',', '}', ']', ' ', '\t', '\n', '\r' -> {
          valueEnded(bytes, i);
          return i;
        }
        case '"', '{', '[', ':', '\\' -> {
          fail();
          return i;
        }
        default -> {}
      }
    }
    return to;
  }

  private int structure(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && state.structure) {
      byte b = bytes[at];
      if (!JsonBytes.isSpace(b)) {
        structure(b, at);
      } else if (stopAtLineEnd && (b == '\n' || b == '\r')) {
        atLineEnd = true;
        return at;
      }
      at++;
    }
    return at;
  }

  private void structure(byte b, int at) {
    switch (state) {
      case VALUE -> beginValue(b, at);
      case FIRST_ELEMENT -> {
        if (b == ']') {
          close(b);
        } else {
          beginValue(b, at);
        }
      }
      case FIRST_NAME, NAME_DUE -> {
        if (b == '"') {
          capture.begin(at + 1);
          nameHasEscape = false;
          state = State.NAME;
        } else if (b == '}' && state == State.FIRST_NAME) {
          close(b);
        } else {
          fail();
        }
      }
      case COLON -> {
        if (b == ':') {
          state = State.VALUE;
        } else {
          fail();
        }
      }
      default -> next(b);
    }
  }

  private void next(byte b) {
    if (b != ',') {
      close(b);
    } else if (openIsObject[depth - 1]) {
      state = State.NAME_DUE;
    } else {
      target = open[depth - 1].element();
      state = State.VALUE;
    }
  }

  private void beginValue(byte b, int at) {
    JsonPaths.Node node = target;
    slot = node == null ? -1 : node.slot();
    boolean leads = node != null && slot < 0;
    if (b == '{' && leads && node.hasMembers()) {
      open(node, true);
      state = State.FIRST_NAME;
      return;
    }
    if (b == '[' && leads && node.element() != null) {
      open(node, false);
      target = node.element();
      state = State.FIRST_ELEMENT;
      return;
    }
    if (slot >= 0 && paths.counted(slot)) {
      slot = b == 'n' ? -1 : slot;
    } else if (slot >= 0) {
      capture.begin(at);
    }
    switch (b) {
      case '"' -> state = State.TEXT;
      case '{', '[' -> {
        filler.clear();
        filler.open(b == '{');
        state = State.FILLER;
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 't', 'f', 'n' ->
          state = State.ATOM;
      default -> fail();
    }
  }

  private void open(JsonPaths.Node node, boolean object) {
    open[depth] = node;
    openIsObject[depth] = object;
    depth++;
  }

  private void close(byte b) {
    if (b != (openIsObject[depth - 1] ? '}' : ']')) {
      fail();
      return;
    }
    depth--;
    if (open[depth].isRecord()) {
      sink.recordEnded();
    }
    state = depth == 0 ? State.WHOLE : State.NEXT;
  }

  private void valueEnded(byte[] bytes, int at) {
    if (slot >= 0) {
      if (paths.counted(slot)) {
        sink.value(slot, null, 0, 0);
      } else {
        capture.end(bytes, at);
        sink.value(slot, capture.bytes(), capture.offset(), capture.length());
      }
      slot = -1;
    }
    state = depth == 0 ? State.WHOLE : State.NEXT;
  }

  private void fail() {
    capture.drop();
    state = State.BROKEN;
  }
}
