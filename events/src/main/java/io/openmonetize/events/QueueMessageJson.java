package io.openmonetize.events;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A queue message as JSON text. An event is written as itself ({@link UsageEventJson}); the others
 * have a {@code kind}, which an event has not.
 */
public final class QueueMessageJson {
  private QueueMessageJson() {}

  public static String write(QueueMessage message) {
    return switch (message) {
      case QueueMessage.Event(UsageEvent event) -> UsageEventJson.write(event);
      case QueueMessage.Intent(CallIntent call) ->
          UsageEventJson.object(json -> writeIntent(call, json));
      case QueueMessage.Withdrawal(String customerId, String requestId) ->
          UsageEventJson.object(
              json -> {
                json.writeNumberField("v", UsageEventJson.VERSION);
                json.writeStringField("kind", "withdrawal");
                json.writeStringField("customer_id", customerId);
                json.writeStringField("request_id", requestId);
              });
    };
  }

  /**
   * @throws MalformedEventException when the text is no message of these forms; what it says names
   *     the field and never its value
   */
  public static QueueMessage read(String text) throws MalformedEventException {
    JsonFields fields = JsonFields.parse(UsageEventJson.FACTORY, text);
    if (!fields.has("kind")) {
      return new QueueMessage.Event(UsageEventReader.read(fields));
    }
    if (fields.number("v") != UsageEventJson.VERSION) {
      throw new MalformedEventException("v is not " + UsageEventJson.VERSION);
    }
    return switch (fields.text("kind")) {
      case "intent" -> new QueueMessage.Intent(readIntent(fields));
      case "withdrawal" ->
          new QueueMessage.Withdrawal(fields.text("customer_id"), fields.text("request_id"));
      default -> throw new MalformedEventException("kind is not a known word");
    };
  }

  private static void writeIntent(CallIntent call, JsonGenerator json) throws IOException {
    json.writeNumberField("v", UsageEventJson.VERSION);
    json.writeStringField("kind", "intent");
    json.writeStringField("request_id", call.requestId());
    json.writeStringField("timestamp", call.startedAt().toString());
    json.writeStringField("due", call.due().toString());
    json.writeStringField("environment", call.environment());
    UsageEventJson.optional(json, "api_key_id", call.apiKeyId());
    UsageEventJson.writeAttribution(call.attribution(), json);
    json.writeStringField("provider", call.provider().name());
    json.writeStringField("endpoint", call.endpoint());
    UsageEventJson.optional(json, "requested_model", call.requestedModel());
    json.writeBooleanField("streamed", call.streamed());
    UsageEventJson.writeAttempt(json, call.attempt(), call.logicalCallId());
  }

  private static CallIntent readIntent(JsonFields fields) throws MalformedEventException {
    try {
      return new CallIntent(
          fields.text("request_id"),
          Instant.parse(fields.text("timestamp")),
          Instant.parse(fields.text("due")),
          fields.text("environment"),
          fields.textOrNull("api_key_id"),
          UsageEventReader.attribution(fields),
          Provider.valueOf(fields.text("provider")),
          fields.text("endpoint"),
          fields.textOrNull("requested_model"),
          fields.flag("streamed"),
          UsageEventReader.attempt(fields),
          fields.textOrNull("logical_call_id"));
    } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
      throw new MalformedEventException("a field is out of its range");
    }
  }
}
