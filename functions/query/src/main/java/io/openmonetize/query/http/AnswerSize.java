package io.openmonetize.query.http;

import java.nio.charset.StandardCharsets;

/**
 * How long an answer is on its way out. Lambda takes 6 MB (6,291,456 bytes) of what a function
 * returns, and there a body of text is a JSON string: its quotation marks and line ends are two
 * bytes each, and those of JSON or CSV within it more.
 */
public final class AnswerSize {
  /** The most that a body of text may come to; the rest is for headers. */
  public static final int BYTES_AT_MOST = 5_500_000;

  private AnswerSize() {}

  public static long of(Answer answer) {
    return ofText(answer.body());
  }

  public static long of(String text) {
    return ofText(text.getBytes(StandardCharsets.UTF_8));
  }

  private static long ofText(byte[] utf8) {
    long bytes = utf8.length;
    for (byte one : utf8) {
      bytes +=
          switch (one) {
            case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 1;
            // As in \u001f.
            default -> one >= 0 && one < ' ' ? 5 : 0;
          };
    }
    return bytes;
  }
}
