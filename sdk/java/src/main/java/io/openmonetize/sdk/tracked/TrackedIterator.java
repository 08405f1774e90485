package io.openmonetize.sdk.tracked;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads on behalf of a booking what its caller reads.
 *
 * @param <T> the elements
 */
public final class TrackedIterator<T> implements Iterator<T> {
  private final Iterator<T> elements;
  private final Function<Object, @Nullable JsonNode> pieces;
  private final StreamBooking booking;

  /** While someone reads, the stream is not forgotten. */
  private final Object owner;

  /**
   * Begins to read.
   *
   * @param elements of the stream
   * @param pieces what of an element bears usage
   * @param booking where they are booked
   * @param owner the stream
   */
  public TrackedIterator(
      Iterator<T> elements,
      Function<Object, @Nullable JsonNode> pieces,
      StreamBooking booking,
      Object owner) {
    this.elements = elements;
    this.pieces = pieces;
    this.booking = booking;
    this.owner = owner;
  }

  /**
   * Makes a stream that books what is read of it.
   *
   * @param elements of the provider's client; closed with the stream
   * @param pieces what of an element bears usage
   * @param booking where they are booked
   * @param owner the client's stream
   * @param <T> the elements
   * @return the stream to hand out; closing it before its end is leaving it
   */
  public static <T> Stream<T> stream(
      Stream<T> elements,
      Function<Object, @Nullable JsonNode> pieces,
      StreamBooking booking,
      Object owner) {
    var tracked = new TrackedIterator<>(elements.iterator(), pieces, booking, owner);
    int form = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(tracked, form), false)
        .onClose(booking::left)
        .onClose(elements::close);
  }

  @Override
  public boolean hasNext() {
    boolean more;
    try {
      more = elements.hasNext();
    } catch (Throwable broken) {
      booking.left();
      throw broken;
    }
    if (!more) {
      booking.ended();
    }
    return more;
  }

  @Override
  public T next() {
    T element;
    try {
      element = elements.next();
    } catch (Throwable broken) {
      booking.left();
      throw broken;
    }
    booking.add(() -> pieces.apply(element));
    return element;
  }

  @Override
  public String toString() {
    return "elements of " + owner;
  }
}
