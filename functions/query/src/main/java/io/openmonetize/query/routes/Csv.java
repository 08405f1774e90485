package io.openmonetize.query.routes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV as RFC 4180 has them: fields apart by commas, in quotation marks where they need
 * them, lines ended by CR LF.
 *
 * <p>A spreadsheet computes a field that begins like a formula, whoever wrote it; an apostrophe in
 * front makes it text there.
 */
final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final StringBuilder text = new StringBuilder();

  /**
   * @param fields null for an empty one
   */
  void line(List<@Nullable String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      append(fields.get(i));
    }
    text.append("\r\n");
  }

  private void append(@Nullable String field) {
    if (field == null) {
      return;
    }
    String safe = isFormula(field) ? "'" + field : field;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    if (plain) {
      text.append(safe);
    } else {
      text.append('"').append(safe.replace("\"", "\"\"")).append('"');
    }
  }

  private static boolean isFormula(String field) {
    return !field.isEmpty() && FORMULA_STARTS.indexOf(field.charAt(0)) >= 0;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
