package io.openmonetize.deployment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;

/** What was asked of the server, and what it could not do. */
final class Checks {
  enum Outcome {
    OK,
    /** The server does not implement it: no fault of ours. */
    NOT_THERE,
    FAILED;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  record Row(String what, Outcome outcome, String note) {}

  /** One check; its text goes into the table. */
  interface Check {
    String run() throws Exception;
  }

  private static final int NOTE_CHARACTERS_AT_MOST = 160;

  private final String server;
  private final List<Row> rows = new ArrayList<>();

  Checks(String server) {
    this.server = server;
  }

  /** What no server may lack. */
  void core(String what, Check check) throws Exception {
    try {
      add(what, Outcome.OK, check.run());
    } catch (Exception | AssertionError e) {
      add(what, Outcome.FAILED, said(e));
      throw e;
    }
  }

  /** What a server may lack: then the row says so, and the test is skipped. */
  void optional(String what, Check check) throws Exception {
    try {
      add(what, Outcome.OK, check.run());
    } catch (Exception | AssertionError e) {
      if (e instanceof TestAbortedException || NotImplemented.says(e)) {
        add(what, Outcome.NOT_THERE, said(e));
        throw new TestAbortedException(said(e), e);
      }
      add(what, Outcome.FAILED, said(e));
      throw e;
    }
  }

  void add(String what, Outcome outcome, String note) {
    rows.add(new Row(what, outcome, note));
  }

  String table() {
    int width = rows.stream().mapToInt(row -> row.what().length()).max().orElse(0);
    StringBuilder table = new StringBuilder("Checked on " + server + "\n");
    String format = "  %-9s  %-" + Math.max(1, width) + "s  %s";
    rows.stream()
        .sorted(Comparator.comparing(Row::what))
        .map(row -> format.formatted(row.outcome().word(), row.what(), row.note()).stripTrailing())
        .forEach(line -> table.append(line).append('\n'));
    return table.toString();
  }

  private static String said(Throwable e) {
    String text = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    return text.substring(0, Math.min(text.length(), NOTE_CHARACTERS_AT_MOST));
  }
}
