package io.openmonetize.sdk.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.Provider;
import io.openmonetize.sdk.ProviderCall;
import io.openmonetize.sdk.tracked.TrackedFuture;
import io.openmonetize.sdk.tracked.Tracking;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls of Anthropic's official client: answers, streams, and futures of either.
 *
 * <p>The result is the client's own, or for a stream one that gives the same elements; a stream is
 * booked when it has been read to its end, is closed, or breaks off. An exception passes through as
 * it is, and its call is not booked. Whatever fails in the counting is logged and nothing more.
 */
public final class AnthropicTracking {
  private AnthropicTracking() {}

  /**
   * Makes a call and books its answer.
   *
   * @param om where it is booked
   * @param who whose use it is
   * @param call one call of the client, sync or async
   * @param <T> what the client gives
   * @param <X> what the call throws besides unchecked exceptions
   * @return what the client gave
   * @throws X as the call does
   */
  public static <T, X extends Exception> T withAnthropicTracking(
      OpenMonetize om, Attribution who, ProviderCall<T, X> call) throws X {
    return withAnthropicTracking(om, who, null, call);
  }

  /**
   * The same, for answers that do not name their model.
   *
   * @param om where it is booked
   * @param who whose use it is
   * @param model the model asked for
   * @param call one call of the client, sync or async
   * @param <T> what the client gives
   * @param <X> what the call throws besides unchecked exceptions
   * @return what the client gave
   * @throws X as the call does
   */
  public static <T, X extends Exception> T withAnthropicTracking(
      OpenMonetize om, Attribution who, @Nullable String model, ProviderCall<T, X> call) throws X {
    Tracking tracking = new Tracking(om, who, Provider.ANTHROPIC, model);
    return tracking.guarded(call.call(), result -> tracked(result, tracking));
  }

  /** What takes the place of a result is of the same interface, so the cast holds. */
  @SuppressWarnings("unchecked")
  private static <T> T tracked(T result, Tracking tracking) {
    if (result instanceof StreamResponse<?> stream) {
      return (T) new AnthropicStream<>(stream, tracking.stream());
    }
    if (result instanceof AsyncStreamResponse<?> stream) {
      return (T) new AnthropicAsyncStream<>(stream, tracking.stream());
    }
    if (result instanceof CompletableFuture<?> future) {
      UnaryOperator<Object> look =
          value -> tracking.guarded(value, given -> tracked(given, tracking));
      return (T) TrackedFuture.of((CompletableFuture<Object>) future, look);
    }
    if (AnthropicAnswers.isKnown(result)) {
      tracking.answer(() -> AnthropicAnswers.answer(result));
    } else {
      tracking.untouched(result);
    }
    return result;
  }
}
