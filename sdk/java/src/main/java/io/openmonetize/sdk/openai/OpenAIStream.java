package io.openmonetize.sdk.openai;

import com.openai.core.http.StreamResponse;
import io.openmonetize.sdk.tracked.Forgotten;
import io.openmonetize.sdk.tracked.StreamBooking;
import io.openmonetize.sdk.tracked.TrackedIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
      Stream<T> elements = response.stream();
      TrackedIterator<T> tracked =
          new TrackedIterator<>(elements.iterator(), OpenAIAnswers::piece, booking, this);
      stream =
          StreamSupport.stream(
                  Spliterators.spliteratorUnknownSize(
                      tracked, Spliterator.ORDERED | Spliterator.NONNULL),
                  false)
              .onClose(elements::close);
    }
    return stream;
  }

  @Override
  public void close() {
    booking.left();
    response.close();
  }
}
