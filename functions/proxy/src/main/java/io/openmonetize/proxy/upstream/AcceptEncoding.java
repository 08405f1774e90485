package io.openmonetize.proxy.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Narrows {@code Accept-Encoding} to the codings in which usage can be read. */
final class AcceptEncoding {
  static final String IDENTITY = "identity";

  private static final Set<String> READABLE = Set.of("gzip", "x-gzip", IDENTITY);

  private AcceptEncoding() {}

  /**
   * Those of the caller's codings that can be read, with their weights; {@code identity} where
   * there is none, since no caller can be unable to take that.
   */
  static String narrow(String offered) {
    List<String> kept = new ArrayList<>();
    for (String member : offered.split(",")) {
      String[] parts = member.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
      boolean refused = parts.length > 1 && parts[1].matches("q=0(\\.0*)?");
      if (READABLE.contains(parts[0]) && !refused) {
        kept.add(member.strip());
      }
    }
    return kept.isEmpty() ? IDENTITY : String.join(", ", kept);
  }
}
