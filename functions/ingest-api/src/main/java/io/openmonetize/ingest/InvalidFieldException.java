package io.openmonetize.ingest;

/** A field of a reported event is not as it must be. The message says how, and quotes no value. */
final class InvalidFieldException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final Rejection.Code code;

  /**
   * @param field empty where the whole event is meant
   */
  InvalidFieldException(String field, String reason) {
    this(field, reason, Rejection.Code.INVALID);
  }

  private InvalidFieldException(String field, String reason, Rejection.Code code) {
    super(reason, null, false, false);
    this.field = field;
    this.code = code;
  }

  /** The key may not be used for the event's customer. */
  static InvalidFieldException foreignCustomer() {
    return new InvalidFieldException(
        "customer_id", "The API key may not be used for this customer", Rejection.Code.FORBIDDEN);
  }

  String field() {
    return field;
  }

  Rejection.Code code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
