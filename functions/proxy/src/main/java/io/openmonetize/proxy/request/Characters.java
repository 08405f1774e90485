package io.openmonetize.proxy.request;

/** Which characters may stand where. */
public final class Characters {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private Characters() {}

  /** A header name or a method (RFC 9110 section 5.6.2). */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * What may stand in a header value: Unicode without control characters other than tabs, and
   * without the two non-characters that SQS refuses.
   */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isForbidden(text.charAt(i))) {
        return false;
      }
    }
    return isUnicode(text);
  }

  /** Nothing that UTF-8 cannot say, such as half a surrogate pair. */
  public static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (!pair) {
        return false;
      }
      i++;
    }
    return true;
  }

  private static boolean isForbidden(int c) {
    return (c < ' ' && c != '\t') || c == 0x7f || c >= 0xfffe;
  }

  private static boolean isTokenChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }
}
