package io.openmonetize.runtime;

/** Builds the function's handler: its initialisation, run once before the first invocation. */
@FunctionalInterface
public interface InvocationHandlerFactory {
  /**
   * @throws Exception reported to the platform as a failed initialisation
   */
  InvocationHandler create() throws Exception;
}
