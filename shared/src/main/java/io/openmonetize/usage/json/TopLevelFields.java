package io.openmonetize.usage.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of some members of a JSON object stand in its bytes: enough to read a request's
 * model and to splice a member in, with every other byte left as it is.
 *
 * <p>For what is inside a value, look again within its range.
 */
public final class TopLevelFields {
  private final byte[] body;
  private final Map<String, ByteRange> fields;
  private final int open;
  private final int close;
  private final boolean empty;

  private TopLevelFields(
      byte[] body, Map<String, ByteRange> fields, int open, int close, boolean empty) {
    this.body = body;
    this.fields = Map.copyOf(fields);
    this.open = open;
    this.close = close;
    this.empty = empty;
  }

  /** The members of the object that the body is; nothing if it is not exactly one JSON object. */
  public static Optional<TopLevelFields> of(byte[] body, List<String> names) {
    return of(body, new ByteRange(0, body.length), names);
  }

  /** The members of the object that a range of the body is, blanks around it allowed. */
  public static Optional<TopLevelFields> of(byte[] body, ByteRange range, List<String> names) {
    int open = skipBlanks(body, range.start(), range.end());
    int end = range.end();
    while (end > open && JsonBytes.isSpace(body[end - 1])) {
      end--;
    }
    if (open == end || body[open] != '{') {
      return Optional.empty();
    }
    Map<String, ByteRange> fields = new HashMap<>();
    JsonScanner scanner =
        new JsonScanner(
            JsonPaths.ofMembers(names),
            (slot, from, to, _, _, _) ->
                // Of a name that stands twice, the last counts, as with every common parser.
                fields.put(names.get(slot), new ByteRange(open + (int) from, open + (int) to)));
    boolean whole =
        scanner.scan(body, open, end, false) == end && scanner.end() == JsonScanner.Progress.WHOLE;
    if (!whole) {
      return Optional.empty();
    }
    boolean empty = skipBlanks(body, open + 1, end) == end - 1;
    return Optional.of(new TopLevelFields(body, fields, open, end - 1, empty));
  }

  /** Where the value of a member stands; null where there is none. */
  public @Nullable ByteRange range(String name) {
    return fields.get(name);
  }

  /** The offset just behind the opening brace: where a member can be put in front. */
  public int afterOpen() {
    return open + 1;
  }

  /** The offset of the closing brace: where a member can be put last. */
  public int beforeClose() {
    return close;
  }

  /** Whether the object has no member, so that one put in needs no comma. */
  public boolean isEmpty() {
    return empty;
  }

  /** The text of a member that is a string; null where it is none. */
  public @Nullable String text(String name) {
    ByteRange range = fields.get(name);
    return range != null && body[range.start()] == '"'
        ? JsonText.unescape(body, range.start() + 1, range.length() - 2)
        : null;
  }

  /** Whether a member is the literal given: {@code true}, {@code false} or {@code null}. */
  public boolean is(String name, String literal) {
    ByteRange range = fields.get(name);
    if (range == null || range.length() != literal.length()) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (body[range.start() + i] != literal.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a member is an object. */
  public boolean isObject(String name) {
    ByteRange range = fields.get(name);
    return range != null && body[range.start()] == '{';
  }

  /** The members of an object inside; nothing where the member is no object. */
  public Optional<TopLevelFields> inside(String name, List<String> names) {
    ByteRange range = fields.get(name);
    return range == null ? Optional.empty() : of(body, range, names);
  }

  /** Names what was looked for and where it was found, never the values. */
  @Override
  public String toString() {
    return "TopLevelFields" + fields;
  }

  private static int skipBlanks(byte[] body, int from, int to) {
    int at = from;
    while (at < to && JsonBytes.isSpace(body[at])) {
      at++;
    }
    return at;
  }
}
