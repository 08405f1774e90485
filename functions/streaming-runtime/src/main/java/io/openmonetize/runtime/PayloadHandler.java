package io.openmonetize.runtime;

/** A function that answers each invocation with one whole payload. */
@FunctionalInterface
public interface PayloadHandler extends InvocationHandler {
  /**
   * The payload that answers this invocation, 6 MB at most on Lambda.
   *
   * @throws Exception reported to the platform as an invocation error
   */
  byte[] answer(Invocation invocation) throws Exception;

  @Override
  default void handle(Invocation invocation, Responder responder) throws Exception {
    responder.respond(answer(invocation));
  }
}
