package io.openmonetize.sdk;

/**
 * A call to a provider by its own client.
 *
 * @param <T> what it gives
 * @param <X> what it throws besides unchecked exceptions; the compiler finds none where there is
 *     none
 */
@FunctionalInterface
public interface ProviderCall<T, X extends Exception> {
  /**
   * Calls the provider.
   *
   * @return its answer, its stream or a future of either
   * @throws X as the client does
   */
  T call() throws X;
}
