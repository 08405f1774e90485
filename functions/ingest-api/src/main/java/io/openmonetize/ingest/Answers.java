package io.openmonetize.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  APIGatewayV2HTTPResponse json(int status, ObjectNode body) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(
            Map.of("content-type", "application/json; charset=utf-8", "x-om-request-id", requestId))
        .withBody(Json.write(body))
        .build();
  }

  APIGatewayV2HTTPResponse error(int status, String error, String message) {
    return json(status, errorBody(error, message));
  }

  APIGatewayV2HTTPResponse methodNotAllowed(List<String> allowed) {
    APIGatewayV2HTTPResponse answer =
        error(405, "METHOD_NOT_ALLOWED", "This route does not have this method");
    Map<String, String> headers = new HashMap<>(answer.getHeaders());
    headers.put("allow", String.join(", ", allowed));
    answer.setHeaders(headers);
    return answer;
  }

  /** The batch itself is wrong, in the field named; empty for the whole body. */
  APIGatewayV2HTTPResponse invalidBatch(String field, String reason) {
    ObjectNode body = errorBody("VALIDATION_ERROR", "Invalid event batch format");
    ObjectNode details = body.putObject("details");
    addErrors(field.isEmpty() ? details : details.putObject(field), reason);
    if (!field.isEmpty()) {
      details.putArray("_errors");
    }
    return json(400, body);
  }

  APIGatewayV2HTTPResponse taken(Intake.Result result, long milliseconds) {
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
  APIGatewayV2HTTPResponse nothingTaken(Intake.Result result) {
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

  private APIGatewayV2HTTPResponse withRejections(
      int status, ObjectNode body, Intake.Result result) {
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
