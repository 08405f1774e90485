package io.openmonetize.proxy.request;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Paths that a provider cannot read as anything but what stands there: no way out of the prefix
 * that chose the provider and its key, however often the provider decodes them.
 */
public final class SafePath {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");

  /** Deeper than any chain of servers decodes; each round also shortens the text. */
  private static final int DECODINGS_AT_MOST = 8;

  private SafePath() {}

  /**
   * False for dot segments and control characters, plain or encoded however often, for raw
   * backslashes, and for two slashes at the start, behind which some read a host. Doubled slashes
   * elsewhere occur in recorded traffic and lead nowhere.
   */
  public static boolean isSafe(String path) {
    if (!path.startsWith("/") || path.startsWith("//") || path.indexOf('\\') >= 0) {
      return false;
    }
    String decoded = encodePath(path);
    for (int round = 0; round < DECODINGS_AT_MOST; round++) {
      if (hasForbidden(decoded) || hasDotSegment(decoded)) {
        return false;
      }
      String next = decodeOnce(decoded);
      if (next.equals(decoded)) {
        return true;
      }
      decoded = next;
    }
    return false;
  }

  /**
   * The path as a request target: byte for byte, save that what may not stand there at all (spaces,
   * {@code ?}, {@code #}, anything but ASCII) is percent-encoded. It can only be in the event where
   * the front door had decoded it.
   */
  public static String encodePath(String path) {
    return encode(path, "?#");
  }

  /** The same for a query, in which a question mark is allowed. */
  public static String encodeQuery(String query) {
    return encode(query, "#");
  }

  private static String encode(String text, String forbidden) {
    if (isAllowed(text, forbidden)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isVisibleAscii(b) && forbidden.indexOf(b) < 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isAllowed(String text, String forbidden) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isVisibleAscii(c) || forbidden.indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisibleAscii(int c) {
    return c > ' ' && c < 0x7f;
  }

  /** Controls, and the bytes that only begin an overlong UTF-8 form, once read as dots. */
  private static boolean hasForbidden(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f || c == 0xc0 || c == 0xc1) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDotSegment(String path) {
    for (String segment : SEPARATORS.split(path)) {
      // Some servers cut path parameters off before they resolve segments: "..;x" is ".." to them.
      int parameters = segment.indexOf(';');
      String name = parameters < 0 ? segment : segment.substring(0, parameters);
      if (name.equals(".") || name.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** Each {@code %xx} as the Latin-1 character of its byte, which keeps what matters here apart. */
  private static String decodeOnce(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escape =
          c == '%'
              && i + 2 < text.length()
              && HexFormat.isHexDigit(text.charAt(i + 1))
              && HexFormat.isHexDigit(text.charAt(i + 2));
      if (escape) {
        decoded.append((char) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        decoded.append(c);
      }
    }
    return decoded.toString();
  }
}
