package io.openmonetize.sdk.tracked;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Completes as another future does, after what that gave was looked at; so who has the value knows
 * that it is booked. Cancelling it cancels the other.
 *
 * @param <T> what it gives
 */
public final class TrackedFuture<T> extends CompletableFuture<T> {
  private final CompletableFuture<T> call;

  private TrackedFuture(CompletableFuture<T> call) {
    this.call = call;
  }

  /**
   * Follows a future.
   *
   * @param call of the provider's client
   * @param look books the value, and gives it or what stands for it; must not throw
   * @param <T> what it gives
   * @return the future to hand out
   */
  public static <T> CompletableFuture<T> of(CompletableFuture<T> call, UnaryOperator<T> look) {
    TrackedFuture<T> tracked = new TrackedFuture<>(call);
    call.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            tracked.complete(look.apply(value));
          } else {
            tracked.completeExceptionally(failure);
          }
        });
    return tracked;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    call.cancel(mayInterruptIfRunning);
    return super.cancel(mayInterruptIfRunning);
  }
}
