package io.openmonetize.local.host;

import java.util.Locale;
import java.util.Set;

/** Headers that the front door keeps for itself and passes on under another name. */
final class RemappedHeaders {
  private static final String PREFIX = "x-amzn-Remapped-";

  /** As seen on AWS; the list is not documented. */
  private static final Set<String> NAMES =
      Set.of("authorization", "connection", "content-length", "date", "server", "www-authenticate");

  private RemappedHeaders() {}

  static String remap(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT)) ? PREFIX + name : name;
  }

  static boolean isRemapped(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }
}
