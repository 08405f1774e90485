package io.openmonetize.runtime;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One line of JSON for each failure. Of exceptions it shows classes and stacks, causes included,
 * and no message but of this package's own, for the reason given at {@link ErrorReport}.
 */
final class RuntimeLog {
  private final PrintStream out;

  RuntimeLog(PrintStream out) {
    this.out = out;
  }

  void error(String requestId, String message) {
    out.println(line(requestId, message).end());
  }

  void error(String requestId, String message, Throwable failure) {
    out.println(line(requestId, message).put("causes", causes(failure)).end());
  }

  private static Json line(String requestId, String message) {
    return new Json().put("level", "ERROR").put("message", message).put("requestId", requestId);
  }

  private static List<String> causes(Throwable failure) {
    List<String> lines = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      String type = t.getClass().getName();
      lines.add(ErrorReport.isOwn(t) ? type + ": " + t.getMessage() : type);
      ErrorReport.frames(t).forEach(frame -> lines.add("at " + frame));
    }
    return lines;
  }
}
