package io.openmonetize.sdk.google;

import com.google.genai.ResponseStream;
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
 * Counts calls of Google's official client: answers, streams, and futures of either.
 *
 * <p>Where the client itself calls several times for one result, as it does with automatic function
 * calling, only the last answer is seen, and a line is logged; calls through the proxy are all
 * counted.
 *
 * <p>The result is the client's own, or for a stream one that gives the same elements; a stream is
 * booked when it has been read to its end, is closed, or breaks off. An exception passes through as
 * it is, and its call is not booked. Whatever fails in the counting is logged and nothing more.
 */
public final class GoogleTracking {
  private GoogleTracking() {}

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
  public static <T, X extends Exception> T withGoogleTracking(
      OpenMonetize om, Attribution who, ProviderCall<T, X> call) throws X {
    return withGoogleTracking(om, who, null, call);
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
  public static <T, X extends Exception> T withGoogleTracking(
      OpenMonetize om, Attribution who, @Nullable String model, ProviderCall<T, X> call) throws X {
    Tracking tracking = new Tracking(om, who, Provider.GOOGLE, model);
    return tracking.guarded(call.call(), result -> tracked(result, tracking));
  }

  /** What takes the place of a result is of the same class, so the cast holds. */
  @SuppressWarnings("unchecked")
  private static <T> T tracked(T result, Tracking tracking) {
    if (result instanceof ResponseStream<?> stream) {
      return (T) GoogleStream.of(stream, tracking);
    }
    if (result instanceof CompletableFuture<?> future) {
      UnaryOperator<Object> look =
          value -> tracking.guarded(value, given -> tracked(given, tracking));
      return (T) TrackedFuture.of((CompletableFuture<Object>) future, look);
    }
    if (GoogleAnswers.isKnown(result)) {
      tracking.answer(() -> GoogleAnswers.answer(result, tracking));
    } else {
      tracking.untouched(result);
    }
    return result;
  }
}
