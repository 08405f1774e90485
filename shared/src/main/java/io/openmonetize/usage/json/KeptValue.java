package io.openmonetize.usage.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last value that was worth keeping of a stream, as it was written. It is decoded once, at the
 * end, so that a stream whose every event repeats its model allocates nothing for it.
 */
public final class KeptValue {
  private byte[] bytes = new byte[64];
  private int length;

  void keep(byte[] source, int newLength) {
    if (bytes.length < newLength) {
      bytes = new byte[newLength];
    }
    System.arraycopy(source, 0, bytes, 0, newLength);
    length = newLength;
  }

  /** Keeps the value at the slot if it is a string that is not empty. */
  public void offerText(DocumentValues values, int slot) {
    if (values.isText(slot)) {
      values.copy(slot, this);
    }
  }

  public boolean isEmpty() {
    return length == 0;
  }

  public void clear() {
    length = 0;
  }

  /** The text of the string, or null where nothing was kept. */
  public @Nullable String text() {
    return length > 2 ? JsonText.unescape(bytes, 1, length - 2) : null;
  }

  /** The object as a tree; nothing where none was kept or it is no valid JSON. */
  public Optional<JsonValue.JsonObject> object() {
    return JsonFragments.object(bytes, 0, length);
  }

  public String raw() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
