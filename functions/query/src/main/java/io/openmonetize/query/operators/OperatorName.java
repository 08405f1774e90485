package io.openmonetize.query.operators;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Names that operators may be given. They stand in the audit log, so none may look like nothing,
 * turn the text around it, or be written in two ways. Names that were given before there were these
 * rules stay: whoever is there can be found, reset and removed.
 */
final class OperatorName {
  private OperatorName() {}

  /** Whether a new operator may have it. */
  static boolean isGood(String name) {
    return Operators.isName(name)
        && name.codePoints().allMatch(OperatorName::isSeen)
        && name.equals(name.strip())
        && !name.contains("  ")
        && Normalizer.isNormalized(name, Normalizer.Form.NFKC);
  }

  /**
   * Alike for names that differ in case alone. Letters of different scripts that look alike stay
   * different.
   */
  static String folded(String name) {
    String normal = Normalizer.normalize(name, Normalizer.Form.NFKC);
    return normal.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static boolean isSeen(int codePoint) {
    return switch ((byte) Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> codePoint == ' ' || !Character.isSpaceChar(codePoint);
    };
  }
}
