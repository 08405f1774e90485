package io.openmonetize.sdk.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.ApiResponse;
import com.google.genai.JsonSerializable;
import com.google.genai.ResponseStream;
import io.openmonetize.sdk.tracked.Forgotten;
import io.openmonetize.sdk.tracked.StreamBooking;
import io.openmonetize.sdk.tracked.TrackedIterator;
import io.openmonetize.sdk.tracked.Tracking;
import java.util.Iterator;
import okhttp3.Headers;
import okhttp3.ResponseBody;

/**
 * The client's stream, with what is read of it booked. The client has a class for it and no
 * interface, so this is one of that class which reads nothing itself.
 */
final class GoogleStream<T extends JsonSerializable> extends ResponseStream<T> {
  private final ResponseStream<T> stream;
  private final StreamBooking booking;
  private final Iterator<T> elements;

  private GoogleStream(Class<T> type, ResponseStream<T> stream, StreamBooking booking) {
    super(type, new NoResponse(), new Converter(), "convert");
    this.stream = stream;
    this.booking = booking;
    this.elements = new TrackedIterator<>(stream.iterator(), GoogleAnswers::piece, booking, this);
    Forgotten.watch(this, booking);
  }

  /** The class of the elements is only used by the reading that is not done here. */
  @SuppressWarnings("unchecked")
  static <T extends JsonSerializable> ResponseStream<T> of(
      ResponseStream<T> stream, Tracking tracking) {
    Class<T> unused = (Class<T>) JsonSerializable.class;
    return new GoogleStream<>(unused, stream, tracking.stream());
  }

  /** Always the same, as the client's is: it can be read once. */
  @Override
  public Iterator<T> iterator() {
    return elements;
  }

  @Override
  public void close() {
    booking.left();
    stream.close();
  }

  /** A response without a body. */
  private static final class NoResponse extends ApiResponse {
    @Override
    public ResponseBody getBody() {
      return ResponseBody.create("", null);
    }

    @Override
    public Headers getHeaders() {
      return Headers.of();
    }

    @Override
    public void close() {}
  }

  /** The client looks the method up by its name. */
  static final class Converter {
    ObjectNode convert(JsonNode from, ObjectNode parent) {
      return parent;
    }
  }
}
