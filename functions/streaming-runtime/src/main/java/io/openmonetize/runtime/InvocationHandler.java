package io.openmonetize.runtime;

/** What a function does with one invocation. Instances are called by several workers at once. */
@FunctionalInterface
public interface InvocationHandler {
  /**
   * Answers one invocation through the responder, exactly once.
   *
   * <p>The invocation lasts until this method returns, not until the response ends: what is done
   * after {@link ResponseStream#end()} costs the caller nothing, since the caller already has its
   * last byte.
   *
   * @throws Exception reported to the platform: as an invocation error where the response has not
   *     begun, as error trailers on the response where it has
   */
  void handle(Invocation invocation, Responder responder) throws Exception;
}
