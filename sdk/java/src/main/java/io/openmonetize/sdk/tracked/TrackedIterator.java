package io.openmonetize.sdk.tracked;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.function.Function;
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
