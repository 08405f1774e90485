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
import io.openmonetize.events.UsageStatus;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.storage.Retention;
import io.openmonetize.usage.UsageReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes events of what reporters send. */
final class EventReader {
  static final int ID_BYTES_AT_MOST = 256;

  private static final String RESPONSE = "provider_response";
  private static final String RESPONSE_ID = "provider_response_id";
  private static final String RESPONSE_CUT = "response_cut";
  private static final int METADATA_BYTES_AT_MOST = 4096;
  private static final int RAW_USAGE_BYTES_AT_MOST = 16_384;

  private final ApiKey key;
  private final Instant now;
  private final Retention retention;

  /**
   * @param retention an event that is older would not be booked
   */
  EventReader(ApiKey key, Instant now, Retention retention) {
    this.key = key;
    this.now = now;
    this.retention = retention;
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
    Instant timestamp = Timestamps.read("timestamp", event.text("timestamp", 64), now, retention);
    boolean streamed = event.flag("streamed");
    UsageReading reading = reading(event, type, provider, model);
    return new UsageEvent(
        eventId,
        identity(event, eventId, provider, reading),
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
        streamed,
        reading.usage(),
        call(reading));
  }

  /**
   * The provider's answer, where its id is known: the proxy, which may have read the same answer,
   * books it under the same identity, so that it is counted once. Not so where nothing was
   * billable, as for the proxy. A key of the reporter's own goes before an id that was only found
   * in a reported answer.
   */
  private static EventIdentity identity(
      Fields event, String eventId, @Nullable Provider provider, UsageReading reading)
      throws InvalidFieldException {
    String idempotencyKey = event.textOrNull("idempotency_key", ID_BYTES_AT_MOST);
    String answer = idempotencyKey == null || event.has(RESPONSE_ID) ? reading.responseId() : null;
    if (answer != null && provider != null && reading.usage().status() != UsageStatus.NONE) {
      return new EventIdentity.ByResponse(provider, answer);
    }
    return idempotencyKey == null
        ? new EventIdentity.ById(eventId)
        : new EventIdentity.ByIdempotencyKey(idempotencyKey);
  }

  /** What the reporter states goes before what a reported answer says. */
  private static UsageReading reading(
      Fields event, EventType type, @Nullable Provider provider, @Nullable String model)
      throws InvalidFieldException {
    Usage stated = ReportedUsage.read(event, model);
    String answerId = event.textOrNull(RESPONSE_ID, ID_BYTES_AT_MOST);
    if (answerId != null && provider == null) {
      throw new InvalidFieldException("provider", "Required, as provider_response_id is given");
    }
    Fields answer = event.objectOrNull(RESPONSE);
    if (answer == null) {
      if (event.has(RESPONSE_CUT)) {
        throw new InvalidFieldException(RESPONSE, "Required, as response_cut is given");
      }
      Usage usage = stated != null ? stated : unstated(type, answerId);
      return new UsageReading(usage, null, answerId, null, List.of());
    }
    UsageReading read =
        ProviderResponse.read(
            answer.node(), provider, model, event.flag("streamed"), event.flag(RESPONSE_CUT));
    requireStorable(read);
    if (answerId != null && read.responseId() != null && !answerId.equals(read.responseId())) {
      throw new InvalidFieldException(RESPONSE_ID, "Is not the id of provider_response");
    }
    return new UsageReading(
        stated == null ? read.usage() : stated,
        stated == null || model == null ? read.model() : null,
        answerId == null ? read.responseId() : answerId,
        stated == null ? read.errorType() : null,
        read.batchLines());
  }

  /** An answer of a provider was billable, whatever the event reports besides. */
  private static Usage unstated(EventType type, @Nullable String answerId) {
    Usage usage = ReportedUsage.unstated(type);
    return answerId != null && usage.status() == UsageStatus.NONE
        ? Usage.missing("no usage of the answer reported")
        : usage;
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
      throw new InvalidFieldException(RESPONSE, "Is not an answer of the provider");
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
