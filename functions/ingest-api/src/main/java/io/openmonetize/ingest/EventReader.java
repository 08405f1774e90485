package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.usage.UsageReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes events of what reporters send. */
final class EventReader {
  static final int ID_BYTES_AT_MOST = 256;

  private static final int METADATA_BYTES_AT_MOST = 4096;
  private static final int RAW_USAGE_BYTES_AT_MOST = 16_384;

  private final ApiKey key;
  private final Instant now;

  EventReader(ApiKey key, Instant now) {
    this.key = key;
    this.now = now;
  }

  /**
   * @throws InvalidFieldException for the first field that is not as it must be
   */
  UsageEvent read(JsonNode reported) throws InvalidFieldException {
    if (!reported.isObject()) {
      throw new InvalidFieldException("", "Expected object, received " + Json.typeOf(reported));
    }
    Fields event = new Fields(reported);
    String eventId = event.uuid("event_id");
    Attribution attribution =
        new Attribution(
            event.text("customer_id", ID_BYTES_AT_MOST),
            event.textOrNull("user_id", ID_BYTES_AT_MOST),
            event.textOrNull("team_id", ID_BYTES_AT_MOST),
            event.text("feature_id", ID_BYTES_AT_MOST),
            metadata(event));
    if (key.customerId() != null && !key.customerId().equals(attribution.customerId())) {
      throw InvalidFieldException.foreignCustomer();
    }
    EventType type = event.word(EventType.class, "event_type");
    Provider provider = event.wordOrNull(Provider.class, "provider");
    String model = event.textOrNull("model", ID_BYTES_AT_MOST);
    Instant timestamp = Timestamps.read("timestamp", event.text("timestamp", 64), now);
    String idempotencyKey = event.textOrNull("idempotency_key", ID_BYTES_AT_MOST);
    UsageReading reading = reading(event, type, provider, model);
    return new UsageEvent(
        eventId,
        idempotencyKey == null
            ? new EventIdentity.ById(eventId)
            : new EventIdentity.ByIdempotencyKey(idempotencyKey),
        type,
        timestamp,
        Source.SDK,
        key.environment(),
        key.id(),
        attribution,
        provider,
        reading.model() == null ? model : reading.model(),
        reading.model() == null || reading.model().equals(model) ? null : model,
        null,
        false,
        reading.usage(),
        call(reading));
  }

  /** What the reporter states goes before what a reported answer says. */
  private static UsageReading reading(
      Fields event, EventType type, @Nullable Provider provider, @Nullable String model)
      throws InvalidFieldException {
    Usage stated = ReportedUsage.read(event, model);
    Fields answer = event.objectOrNull("provider_response");
    if (answer == null) {
      return UsageReading.of(stated == null ? ReportedUsage.unstated(type) : stated);
    }
    UsageReading read = ProviderResponse.read(answer.node(), provider, model);
    requireStorable(read);
    return stated == null
        ? read
        : new UsageReading(
            stated,
            model == null ? read.model() : null,
            read.responseId(),
            null,
            read.batchLines());
  }

  /** The answer may be anything that a reporter made up. */
  private static void requireStorable(UsageReading reading) throws InvalidFieldException {
    String raw = reading.usage().raw();
    boolean storable =
        isShort(raw, RAW_USAGE_BYTES_AT_MOST)
            && isShort(reading.model(), ID_BYTES_AT_MOST)
            && isShort(reading.responseId(), ID_BYTES_AT_MOST)
            && reading.usage().lines().stream()
                .allMatch(line -> isShort(line.model(), ID_BYTES_AT_MOST));
    if (!storable) {
      throw new InvalidFieldException("provider_response", "Is not an answer of the provider");
    }
  }

  private static boolean isShort(@Nullable String text, int bytesAtMost) {
    return text == null
        || QueueText.isSendable(text)
            && text.getBytes(StandardCharsets.UTF_8).length <= bytesAtMost;
  }

  private static Call call(UsageReading reading) {
    return new Call(
        reading.errorType() == null ? CallStatus.OK : CallStatus.ERROR,
        null,
        reading.errorType(),
        null,
        reading.responseId(),
        null,
        null);
  }

  private static @Nullable String metadata(Fields event) throws InvalidFieldException {
    Fields metadata = event.objectOrNull("metadata");
    if (metadata == null) {
      return null;
    }
    String text = Json.write(metadata.node());
    if (!QueueText.isSendable(text)) {
      throw new InvalidFieldException("metadata", "Contains a character that is not allowed");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > METADATA_BYTES_AT_MOST) {
      throw new InvalidFieldException(
          "metadata", "Must be at most " + METADATA_BYTES_AT_MOST + " bytes of JSON");
    }
    return text;
  }
}
