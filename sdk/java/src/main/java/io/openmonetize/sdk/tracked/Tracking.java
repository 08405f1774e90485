package io.openmonetize.sdk.tracked;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.Provider;
import io.openmonetize.sdk.ResponseFacts;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the answers to one call are booked. Nothing that goes wrong here gets out: it is logged,
 * since it must not become a fault of the call, which was answered and is paid for.
 *
 * @param om none books nothing
 * @param who whose use it is
 * @param provider who answers
 * @param model the model asked for, for answers that name none
 */
public record Tracking(
    @Nullable OpenMonetize om,
    @Nullable Attribution who,
    Provider provider,
    @Nullable String model) {

  /**
   * Books an answer that came whole.
   *
   * @param answer makes its JSON; may throw
   */
  public void answer(Supplier<JsonNode> answer) {
    quietly(() -> book(answer.get(), false, false));
  }

  /**
   * Begins to book a stream.
   *
   * @return nothing is booked before it ends
   */
  public StreamBooking stream() {
    return new StreamBooking(this);
  }

  /**
   * Says that a result is not known here.
   *
   * @param result what the call gave; only its class is logged
   */
  public void untouched(@Nullable Object result) {
    String type = result == null ? "null" : result.getClass().getName();
    quietly(() -> log("a result of " + type + " is not known, so its call is not counted"));
  }

  void book(JsonNode answer, boolean streamed, boolean cut) {
    if (om != null) {
      // The client logs a missing attribution, and counts it.
      om.trackProviderResponse(who, provider, answer, new ResponseFacts(model, streamed, cut));
    }
  }

  /**
   * Logs a line.
   *
   * @param message without text of anyone's
   */
  public void log(String message) {
    if (om != null) {
      om.logger().warn(message);
    }
  }

  /**
   * Books a result, or makes what stands for it.
   *
   * @param result what the call gave
   * @param look does so; may throw, as where the client's version has not all classes
   * @param <T> what the call gives
   * @return what is to be handed out: where looking fails, the result
   */
  public <T> T guarded(T result, UnaryOperator<T> look) {
    try {
      return look.apply(result);
    } catch (Throwable fault) {
      notCounted(fault);
      return result;
    }
  }

  void quietly(Runnable action) {
    try {
      action.run();
    } catch (Throwable fault) {
      notCounted(fault);
    }
  }

  private void notCounted(Throwable fault) {
    log("an answer could not be counted: " + fault.getClass().getName());
  }
}
