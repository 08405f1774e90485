package io.openmonetize.query.files;

import java.util.Locale;

/** Whether a caller takes gzip, by its {@code Accept-Encoding} (RFC 9110, 12.5.3). */
final class AcceptEncoding {
  private AcceptEncoding() {}

  static boolean takesGzip(String header) {
    boolean anything = false;
    for (String element : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = element.split(";", 2);
      String coding = parts[0].strip();
      boolean wanted = parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return wanted;
      }
      anything |= coding.equals("*") && wanted;
    }
    return anything;
  }
}
