package io.openmonetize.proxy.admission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a header's value as its sender meant it. */
final class WireText {
  private WireText() {}

  /**
   * Front doors hand over each byte of a header as one character (ISO 8859-1), so that {@code é}
   * sent as UTF-8 comes as {@code Ã©}. Text that is not such, or that is no UTF-8, stays as it is.
   */
  static String decode(String value) {
    int all = 0;
    for (int i = 0; i < value.length(); i++) {
      all |= value.charAt(i);
    }
    boolean bytes = all <= 0xff;
    boolean ascii = all < 0x80;
    if (!bytes || ascii) {
      return value;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return value;
    }
  }
}
