package io.openmonetize.usage.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wanted values of the document that is being read: what a {@link JsonScanner} hands over,
 * copied, until the document has ended and can be understood (a document's {@code type} may stand
 * behind what it is the type of). Reused from document to document.
 */
public final class DocumentValues implements JsonSink {
  private final JsonPaths paths;
  private final byte[][] bytes;
  private final int[] lengths;
  private final int[] counts;
  private boolean tooLong;
  private boolean duplicated;
  private boolean whole;
  private Runnable onRecord = () -> {};

  public DocumentValues(JsonPaths paths) {
    this.paths = paths;
    this.bytes = new byte[paths.size()][64];
    this.lengths = new int[paths.size()];
    this.counts = new int[paths.size()];
  }

  /** Call this whenever a record has ended, before its values are forgotten. */
  public void onRecord(Runnable action) {
    onRecord = action;
  }

  @Override
  public void recordEnded() {
    onRecord.run();
    for (int slot = 0; slot < lengths.length; slot++) {
      if (paths.repeated(slot)) {
        lengths[slot] = 0;
        counts[slot] = 0;
      }
    }
  }

  /** Forget the document. */
  public void clear() {
    Arrays.fill(lengths, 0);
    Arrays.fill(counts, 0);
    tooLong = false;
    duplicated = false;
    whole = false;
  }

  @Override
  public void value(int slot, byte @Nullable [] source, int offset, int length) {
    counts[slot]++;
    if (paths.counted(slot)) {
      return;
    }
    boolean repeated = paths.repeated(slot);
    if (!repeated && counts[slot] > 1) {
      // JSON's own rule is none; every parser the SDKs use lets the last one win.
      duplicated = true;
      lengths[slot] = 0;
    }
    int before = lengths[slot];
    if (source == null || before + length + 1 > JsonScanner.MAX_VALUE) {
      tooLong = true;
      return;
    }
    int needed = before + length + 1;
    if (bytes[slot].length < needed) {
      bytes[slot] = Arrays.copyOf(bytes[slot], Math.max(needed, 2 * before));
    }
    int at = before;
    if (at > 0) {
      bytes[slot][at++] = ',';
    }
    System.arraycopy(source, offset, bytes[slot], at, length);
    lengths[slot] = at + length;
  }

  /** The document has ended, whole or not. */
  public void ended(boolean isWhole) {
    whole = isWhole;
  }

  /** Whether the document came to its end and was JSON. */
  public boolean isWhole() {
    return whole;
  }

  /** Whether a value at this path was kept, be it {@code null}. */
  public boolean has(int slot) {
    return lengths[slot] > 0;
  }

  /** How many values were met at this path, those too long to keep included. */
  public int count(int slot) {
    return counts[slot];
  }

  /** Whether a wanted value was longer than what is kept. */
  public boolean isTooLong() {
    return tooLong;
  }

  /** Whether a wanted path was met twice, though it leads through no array. */
  public boolean isDuplicated() {
    return duplicated;
  }

  /** Whether the value is an object with at least one byte between its braces. */
  public boolean isObject(int slot) {
    return lengths[slot] > 2 && bytes[slot][0] == '{';
  }

  /** Whether the value is a string with exactly this text. */
  public boolean is(int slot, String text) {
    int length = lengths[slot];
    byte[] value = bytes[slot];
    if (length < text.length() + 2 || value[0] != '"') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      byte b = value[i + 1];
      if (b == '\\') {
        // Written with escapes: rare enough to decode.
        return text.equals(text(slot));
      }
      if (b != text.charAt(i)) {
        return false;
      }
    }
    return length == text.length() + 2;
  }

  /** Whether these bytes stand anywhere in the value as it was written. */
  public boolean contains(int slot, byte[] wanted) {
    byte[] value = bytes[slot];
    for (int from = 0; from + wanted.length <= lengths[slot]; from++) {
      int i = 0;
      while (i < wanted.length && value[from + i] == wanted[i]) {
        i++;
      }
      if (i == wanted.length) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value is a string that is not empty. */
  public boolean isText(int slot) {
    return lengths[slot] > 2 && bytes[slot][0] == '"';
  }

  /** The text of a string that is not empty, else null. */
  public @Nullable String text(int slot) {
    int length = lengths[slot];
    byte[] value = bytes[slot];
    if (length <= 2 || value[0] != '"') {
      return null;
    }
    return JsonText.unescape(value, 1, length - 2);
  }

  /** The value as it was written; empty where there is none. */
  public String raw(int slot) {
    return new String(bytes[slot], 0, lengths[slot], StandardCharsets.UTF_8);
  }

  /** Copies the value as it was written. */
  public void copy(int slot, KeptValue target) {
    target.keep(bytes[slot], lengths[slot]);
  }

  /** The object at the slot as a tree; nothing where there is none or it is no valid JSON. */
  public Optional<JsonValue.JsonObject> object(int slot) {
    return isObject(slot) ? JsonFragments.object(bytes[slot], 0, lengths[slot]) : Optional.empty();
  }

  /** All values at a path through an array, as one array; empty where there is none. */
  public JsonValue.JsonArray all(int slot) {
    byte[] array = new byte[lengths[slot] + 2];
    array[0] = '[';
    System.arraycopy(bytes[slot], 0, array, 1, lengths[slot]);
    array[array.length - 1] = ']';
    return JsonFragments.parse(array, 0, array.length)
        .filter(JsonValue.JsonArray.class::isInstance)
        .map(JsonValue.JsonArray.class::cast)
        .orElse(JsonValue.JsonArray.EMPTY);
  }
}
