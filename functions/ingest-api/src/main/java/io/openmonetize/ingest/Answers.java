package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.lambda.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The answers to one request. Success and error bodies are those that existing clients read; every
 * error also carries {@code request_id}, which the response has as {@code x-om-request-id}.
 */
final class Answers {
  private final String requestId;

  Answers(String requestId) {
    this.requestId = requestId;
  }

  HttpReply json(int status, ObjectNode body) {
    return json(status, body, Map.of());
  }

  private HttpReply json(int status, ObjectNode body, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("content-type", "application/json; charset=utf-8");
    headers.put("x-om-request-id", requestId);
    byte[] text = Json.write(body).getBytes(StandardCharsets.UTF_8);
    return new HttpReply(status, headers, List.of(), text, true);
  }

  HttpReply error(int status, String error, String message) {
    return json(status, errorBody(error, message));
  }

  HttpReply methodNotAllowed(List<String> allowed) {
    return json(
        405,
        errorBody("METHOD_NOT_ALLOWED", "This route does not have this method"),
        Map.of("allow", String.join(", ", allowed)));
  }

  /** The batch itself is wrong, in the field named; empty for the whole body. */
  HttpReply invalidBatch(String field, String reason) {
    ObjectNode body = errorBody("VALIDATION_ERROR", "Invalid event batch format");
    ObjectNode details = body.putObject("details");
    addErrors(field.isEmpty() ? details : details.putObject(field), reason);
    if (!field.isEmpty()) {
      details.putArray("_errors");
    }
    return json(400, body);
  }

  HttpReply taken(Intake.Result result, long milliseconds) {
    ObjectNode body = Json.object();
    body.put("accepted", result.accepted());
    body.put("rejected", result.rejections().size());
    body.put("duplicates", result.duplicates());
    body.put("batch_id", UUID.randomUUID().toString());
    body.put("status", "processing");
    body.put("processing_time_ms", milliseconds);
    addRejections(body, result.rejections());
    return json(202, body);
  }

  /** Not one event was taken. */
  HttpReply nothingTaken(Intake.Result result) {
    if (result.someRetryable()) {
      return withRejections(
          503,
          errorBody("SERVICE_UNAVAILABLE", "Failed to queue events. Please try again later."),
          result);
    }
    if (result.allForbidden()) {
      return withRejections(
          403,
          errorBody(
              "FORBIDDEN",
              "Events contain invalid customer_id. All events must belong to the authenticated"
                  + " customer."),
          result);
    }
    ObjectNode body = errorBody("VALIDATION_ERROR", "Invalid event batch format");
    ObjectNode details = body.putObject("details");
    details.putArray("_errors");
    ObjectNode events = details.putObject("events");
    events.putArray("_errors");
    for (Rejection rejection : result.rejections()) {
      ObjectNode event = events.putObject(Integer.toString(rejection.index()));
      if (rejection.field().isEmpty()) {
        addErrors(event, rejection.reason());
      } else {
        event.putArray("_errors");
        addErrors(event.putObject(rejection.field()), rejection.reason());
      }
    }
    return withRejections(400, body, result);
  }

  private HttpReply withRejections(int status, ObjectNode body, Intake.Result result) {
    body.put("accepted", 0);
    body.put("rejected", result.rejections().size());
    addRejections(body, result.rejections());
    return json(status, body);
  }

  private ObjectNode errorBody(String error, String message) {
    return Json.object().put("error", error).put("message", message).put("request_id", requestId);
  }

  private static void addErrors(ObjectNode node, String reason) {
    node.putArray("_errors").add(reason);
  }

  private static void addRejections(ObjectNode body, List<Rejection> rejections) {
    ArrayNode errors = body.putArray("errors");
    for (Rejection rejection : rejections) {
      ObjectNode error = errors.addObject().put("index", rejection.index());
      if (rejection.eventId() != null) {
        error.put("event_id", rejection.eventId());
      }
      if (!rejection.field().isEmpty()) {
        error.put("field", rejection.field());
      }
      error
          .put("code", rejection.code().name())
          .put("reason", rejection.reason())
          .put("retryable", rejection.code().retryable());
    }
  }
}
