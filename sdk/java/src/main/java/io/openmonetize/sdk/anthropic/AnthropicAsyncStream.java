package io.openmonetize.sdk.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.errors.SseException;
import io.openmonetize.sdk.tracked.StreamBooking;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The client's stream of events, with what it hands over booked. */
final class AnthropicAsyncStream<T> implements AsyncStreamResponse<T> {
  private final AsyncStreamResponse<T> response;
  private final StreamBooking booking;

  AnthropicAsyncStream(AsyncStreamResponse<T> response, StreamBooking booking) {
    this.response = response;
    this.booking = booking;
  }

  @Override
  public AsyncStreamResponse<T> subscribe(Handler<? super T> handler) {
    response.subscribe(tracked(handler));
    return this;
  }

  @Override
  public AsyncStreamResponse<T> subscribe(Handler<? super T> handler, Executor executor) {
    response.subscribe(tracked(handler), executor);
    return this;
  }

  private Handler<T> tracked(Handler<? super T> handler) {
    return new Handler<>() {
      @Override
      public void onNext(T value) {
        booking.add(() -> AnthropicAnswers.piece(value));
        handler.onNext(value);
      }

      @Override
      public void onComplete(Optional<Throwable> error) {
        if (error.isEmpty()) {
          booking.ended();
        } else {
          booking.failed(error.get() instanceof SseException);
        }
        handler.onComplete(error);
      }
    };
  }

  @Override
  public CompletableFuture<Void> onCompleteFuture() {
    return response.onCompleteFuture();
  }

  @Override
  public void close() {
    booking.left();
    response.close();
  }
}
