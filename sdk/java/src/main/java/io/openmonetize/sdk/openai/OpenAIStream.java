package io.openmonetize.sdk.openai;

import com.openai.core.http.StreamResponse;
import io.openmonetize.sdk.tracked.Forgotten;
import io.openmonetize.sdk.tracked.StreamBooking;
import io.openmonetize.sdk.tracked.TrackedIterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The client's stream, with what is read of it booked. */
final class OpenAIStream<T> implements StreamResponse<T> {
  private final StreamResponse<T> response;
  private final StreamBooking booking;
  private @Nullable Stream<T> stream;

  OpenAIStream(StreamResponse<T> response, StreamBooking booking) {
    this.response = response;
    this.booking = booking;
    Forgotten.watch(this, booking);
  }

  /** Always the same, as the client's is: it can be read once. */
  @Override
  public synchronized Stream<T> stream() {
    if (stream == null) {
      stream = TrackedIterator.stream(response.stream(), OpenAIAnswers::piece, booking, this);
    }
    return stream;
  }

  @Override
  public void close() {
    booking.left();
    response.close();
  }
}
