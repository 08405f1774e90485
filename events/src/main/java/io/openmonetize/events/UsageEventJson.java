package io.openmonetize.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event as JSON text: the body of a queue message and of the log line that stands in for it.
 * The form is described by {@code usage-event.schema.json} beside this class's resources.
 */
public final class UsageEventJson {
  /** Raised when a reader of the old form could no longer understand the new one. */
  static final int VERSION = 1;

  /**
   * ASCII alone: SQS refuses a message, and the whole batch that it is in, for a character that XML
   * does not allow (U+FFFE, a lone surrogate), and an id or metadata may hold one.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private UsageEventJson() {}

  public static String write(UsageEvent event) {
    return object(json -> write(event, json));
  }

  /** Writes the fields of one object. */
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  static String object(Members members) {
    StringWriter text = new StringWriter(768);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * @throws MalformedEventException when the text is not an event of this form; the message names
   *     the field and never its value
   */
  public static UsageEvent read(String text) throws MalformedEventException {
    return UsageEventReader.read(JsonFields.parse(FACTORY, text));
  }

  private static void write(UsageEvent event, JsonGenerator json) throws IOException {
    json.writeNumberField("v", VERSION);
    json.writeStringField("event_id", event.eventId());
    writeIdentity(event.identity(), json);
    json.writeStringField("event_type", event.type().name());
    json.writeStringField("timestamp", event.timestamp().toString());
    json.writeStringField("source", event.source().wireName());
    json.writeStringField("environment", event.environment());
    optional(json, "api_key_id", event.apiKeyId());
    writeAttribution(event.attribution(), json);
    optional(json, "provider", event.provider() == null ? null : event.provider().name());
    optional(json, "model", event.model());
    optional(json, "requested_model", event.requestedModel());
    optional(json, "endpoint", event.endpoint());
    json.writeBooleanField("streamed", event.streamed());
    json.writeFieldName("usage");
    writeUsage(event.usage(), json);
    json.writeFieldName("call");
    writeCall(event.call(), json);
  }

  private static void writeIdentity(EventIdentity identity, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("identity");
    switch (identity) {
      case EventIdentity.ById(String eventId) -> json.writeStringField("event_id", eventId);
      case EventIdentity.ByIdempotencyKey(String key) ->
          json.writeStringField("idempotency_key", key);
      case EventIdentity.ByResponse(Provider provider, String responseId) -> {
        json.writeStringField("provider", provider.name());
        json.writeStringField("response_id", responseId);
      }
      case EventIdentity.ByBatchLine(Provider provider, String batchId, String customId) -> {
        json.writeStringField("provider", provider.name());
        json.writeStringField("batch_id", batchId);
        json.writeStringField("custom_id", customId);
      }
    }
    json.writeEndObject();
  }

  static void writeAttribution(Attribution attribution, JsonGenerator json) throws IOException {
    json.writeStringField("customer_id", attribution.customerId());
    optional(json, "user_id", attribution.userId());
    optional(json, "team_id", attribution.teamId());
    json.writeStringField("feature_id", attribution.featureId());
    optional(json, "metadata", attribution.metadata());
  }

  private static void writeUsage(Usage usage, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", usage.status().wireName());
    optional(json, "reason", usage.reason());
    optional(json, "service_tier", usage.terms().serviceTier());
    optional(json, "speed", usage.terms().speed());
    optional(json, "geography", usage.terms().geography());
    json.writeArrayFieldStart("lines");
    for (UsageLine line : usage.lines()) {
      writeLine(line, json);
    }
    json.writeEndArray();
    optional(json, "raw", usage.raw());
    json.writeEndObject();
  }

  private static void writeLine(UsageLine line, JsonGenerator json) throws IOException {
    json.writeStartObject();
    optional(json, "model", line.model());
    json.writeObjectFieldStart("tokens");
    for (Map.Entry<TokenClass, Long> entry : line.tokens().byClass().entrySet()) {
      json.writeNumberField(entry.getKey().wireName(), entry.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("units");
    for (Map.Entry<String, BigDecimal> entry : line.units().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue().toPlainString());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeCall(Call call, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", call.status().wireName());
    if (call.httpStatus() != null) {
      json.writeNumberField("http_status", call.httpStatus());
    }
    optional(json, "error_type", call.errorType());
    optional(json, "provider_request_id", call.providerRequestId());
    optional(json, "provider_response_id", call.providerResponseId());
    if (call.firstByteMs() != null) {
      json.writeNumberField("first_byte_ms", call.firstByteMs());
    }
    if (call.durationMs() != null) {
      json.writeNumberField("duration_ms", call.durationMs());
    }
    writeAttempt(json, call.attempt(), call.logicalCallId());
    json.writeEndObject();
  }

  static void writeAttempt(
      JsonGenerator json, @Nullable Integer attempt, @Nullable String logicalCallId)
      throws IOException {
    if (attempt != null) {
      json.writeNumberField("attempt", attempt);
    }
    optional(json, "logical_call_id", logicalCallId);
  }

  static void optional(JsonGenerator json, String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
