package io.openmonetize.query.http;

/** Answers one call. */
@FunctionalInterface
public interface Handler {
  /**
   * @throws Refusal when the call is to be answered with an error
   */
  Answer handle(Request request);
}
