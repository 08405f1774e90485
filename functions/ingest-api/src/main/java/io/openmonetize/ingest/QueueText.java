package io.openmonetize.ingest;

/** Which texts SQS takes. */
final class QueueText {
  private QueueText() {}

  /**
   * SQS refuses a message (and with it the others of its request) that holds U+FFFE or U+FFFF; half
   * a surrogate pair has no UTF-8 at all. Control characters are escaped in JSON, so they may pass.
   */
  static boolean isSendable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\uFFFE' || c == '\uFFFF') {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      } else if (Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
