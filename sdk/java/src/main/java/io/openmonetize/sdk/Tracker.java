package io.openmonetize.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.sdk.delivery.Delivery;
import io.openmonetize.sdk.delivery.Keeper;
import io.openmonetize.sdk.delivery.Throttle;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes events of what the application says and hands them to delivery. Never throws. */
final class Tracker {
  private final Delivery delivery;
  private final Keeper keeper;
  private final Clock clock;
  private final OpenMonetizeLogger log;
  private final Throttle notTracked;

  Tracker(
      Delivery delivery, Keeper keeper, Clock clock, OpenMonetizeLogger log, Throttle notTracked) {
    this.delivery = delivery;
    this.keeper = keeper;
    this.clock = clock;
    this.log = log;
    this.notTracked = notTracked;
  }

  /** Begins an event with the id and the time that it keeps over all tries. */
  private final class Event {
    private final String id = UUID.randomUUID().toString();

    EventJson begin(String type, @Nullable Attribution who, @Nullable Instant timestamp)
        throws IOException {
      return new EventJson(id, type, who, timestamp == null ? clock.instant() : timestamp);
    }
  }

  /** Writes an event; what it throws is the application's mistake. */
  private interface Writing {
    EventJson write(Event event) throws IOException;
  }

  /** Metadata may be anything: end the stack, fail an assertion, take all memory. */
  private void track(String what, @Nullable Object argument, Writing writing) {
    try {
      if (argument == null) {
        throw new IllegalArgumentException("The argument is null");
      }
      Event event = new Event();
      delivery.offer(event.id, writing.write(event).finish(), keeper);
    } catch (IllegalArgumentException e) {
      // Of this package's checks, whose texts hold nothing of the application's.
      notTracked(what, e.getClass() == IllegalArgumentException.class ? e.getMessage() : null, e);
    } catch (Throwable e) {
      notTracked(what, null, e);
    }
  }

  private void notTracked(String what, @Nullable String message, Throwable cause) {
    delivery.drop();
    long events = notTracked.count();
    if (events > 0) {
      String why = message == null ? cause.getClass().getName() : message;
      log.error(
          events + " event(s) dropped since this was last said, the last of " + what + ": " + why);
    }
  }

  void tokenUsage(@Nullable TokenUsage usage) {
    track(
        "trackTokenUsage",
        usage,
        event ->
            event
                .begin("TOKEN_USAGE", usage.who(), usage.timestamp())
                .provider(usage.provider())
                .id("model", usage.model())
                .count("input_tokens", usage.inputTokens())
                .count("output_tokens", usage.outputTokens())
                .count("cached_input_tokens", usage.cachedInputTokens())
                .counts("tokens", usage.tokens())
                .id("provider_response_id", usage.providerResponseId())
                .id("idempotency_key", usage.idempotencyKey()));
  }

  void imageGeneration(@Nullable ImageGeneration images) {
    track(
        "trackImageGeneration",
        images,
        event ->
            event
                .begin("IMAGE_GENERATION", images.who(), images.timestamp())
                .provider(images.provider())
                .id("model", images.model())
                .count("image_count", images.imageCount())
                .text("image_size", images.imageSize())
                .text("quality", images.quality())
                .id("idempotency_key", images.idempotencyKey()));
  }

  void videoGeneration(@Nullable VideoGeneration video) {
    track(
        "trackVideoGeneration",
        video,
        event ->
            event
                .begin("VIDEO_GENERATION", video.who(), video.timestamp())
                .provider(video.provider())
                .id("model", video.model())
                .quantity("duration_seconds", video.durationSeconds())
                .text("resolution", video.resolution())
                .id("idempotency_key", video.idempotencyKey()));
  }

  void apiCall(@Nullable ApiCall call) {
    track(
        "trackApiCall",
        call,
        event ->
            event
                .begin("API_CALL", call.who(), call.timestamp())
                .provider(call.provider())
                .id("model", call.model())
                .id("idempotency_key", call.idempotencyKey()));
  }

  void customEvent(@Nullable CustomEvent custom) {
    track(
        "trackCustomEvent",
        custom,
        event ->
            event
                .begin("CUSTOM", custom.who(), custom.timestamp())
                .text("unit_type", custom.unitType())
                .quantity("quantity", custom.quantity())
                .id("idempotency_key", custom.idempotencyKey()));
  }

  void providerResponse(
      @Nullable Attribution who,
      @Nullable Provider provider,
      @Nullable JsonNode response,
      @Nullable ResponseFacts facts) {
    track(
        "trackProviderResponse",
        response,
        event -> {
          if (provider == null || !response.isObject()) {
            throw new IllegalArgumentException("A provider and its answer are required");
          }
          ResponseFacts said = facts == null ? ResponseFacts.WHOLE : facts;
          ObjectNode billable = BillableFields.of(provider, response);
          return event
              .begin("TOKEN_USAGE", who, null)
              .provider(provider)
              .id("model", said.requestedModel())
              .id("provider_response_id", responseId(billable))
              .flag("streamed", said.streamed())
              .flag("response_cut", said.cut())
              .json("provider_response", billable);
        });
  }

  private static @Nullable String responseId(JsonNode billable) {
    JsonNode id = billable.path("id");
    return id.isTextual() ? id.textValue() : billable.path("responseId").textValue();
  }
}
