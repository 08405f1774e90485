package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * The body of an ingestion request: {@code {"events": [1..1000]}}.
 *
 * @param events not yet looked at
 * @param repeated fields that some of them give twice
 */
record EventBatch(JsonNode events, RepeatedFields repeated) {
  private static final int EVENTS_AT_MOST = 1000;

  /** Lambda's limit for the whole invocation; on AWS nothing larger gets here. */
  private static final int BYTES_AT_MOST = 6 * 1024 * 1024;

  private static final int FIELD_CHARACTERS_AT_MOST = 64;

  /** The body is larger than any that AWS lets through. */
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @throws InvalidFieldException naming {@code events}, or no field when the whole body is wrong
   */
  static EventBatch read(IngestRequest request) throws InvalidFieldException, TooLargeException {
    RepeatedFields repeated;
    JsonNode body;
    try {
      byte[] bytes = request.body();
      if (bytes.length > BYTES_AT_MOST) {
        throw new TooLargeException();
      }
      body = Json.read(bytes);
      repeated = RepeatedFields.in(bytes);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidFieldException("", "Body is not valid JSON");
    }
    if (repeated.outside()) {
      throw new InvalidFieldException("", "Body gives a field twice");
    }
    return new EventBatch(events(body), repeated);
  }

  /**
   * @throws InvalidFieldException when the event gives a field twice
   */
  void requireSaidOnce(int index) throws InvalidFieldException {
    String field = repeated.inEvents().get(index);
    if (field != null) {
      throw new InvalidFieldException(
          field.length() > FIELD_CHARACTERS_AT_MOST ? "" : field, "Is given twice");
    }
  }

  private static JsonNode events(JsonNode body) throws InvalidFieldException {
    if (body.isMissingNode()) {
      throw new InvalidFieldException("", "Body is empty");
    }
    if (!body.isObject()) {
      throw new InvalidFieldException("", "Expected object, received " + Json.typeOf(body));
    }
    JsonNode events = body.path("events");
    if (events.isMissingNode()) {
      throw new InvalidFieldException("events", "Required");
    }
    if (!events.isArray()) {
      throw new InvalidFieldException("events", "Expected array, received " + Json.typeOf(events));
    }
    if (events.isEmpty()) {
      throw new InvalidFieldException("events", "Array must contain at least 1 element(s)");
    }
    if (events.size() > EVENTS_AT_MOST) {
      throw new InvalidFieldException(
          "events", "Array must contain at most " + EVENTS_AT_MOST + " element(s)");
    }
    return events;
  }
}
