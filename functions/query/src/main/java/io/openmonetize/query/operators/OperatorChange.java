package io.openmonetize.query.operators;

/** What became of a wish to add, reset or remove an operator. */
public sealed interface OperatorChange {
  /** Done; the password is shown this once and kept nowhere. */
  record Password(String name, String password) implements OperatorChange {
    /** Never the password, should it ever be logged. */
    @Override
    public String toString() {
      return "Password[" + name + "]";
    }
  }

  /** Done; the operator's sessions are over. */
  record Removed(String name) implements OperatorChange {}

  /** Nothing was changed. */
  record Refused(Reason reason) implements OperatorChange {}

  /** Why not. */
  enum Reason {
    INVALID_NAME(
        "An operator's name must have 1 to "
            + Operators.NAME_CHARACTERS_AT_MOST
            + " characters that can be seen, in their composed form, and single blanks between"
            + " them."),
    EXISTS(
        "There is an operator of this name already, perhaps in other case; a reset gives a new"
            + " password."),
    UNKNOWN("There is no operator of this name."),
    CHANGED("Somebody else changed this operator at the same moment. Look, and try again.");

    private final String message;

    Reason(String message) {
      this.message = message;
    }

    public String message() {
      return message;
    }
  }
}
