package io.openmonetize.sdk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event as it goes over the wire, written field by field. Null fields are left out. */
final class EventJson {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN, true)
              .build());
  private static final int ID_BYTES_AT_MOST = 256;
  private static final int METADATA_BYTES_AT_MOST = 4096;
  private static final int USUAL_BYTES = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
  private final JsonGenerator out;

  EventJson(String eventId, String type, @Nullable Attribution who, Instant timestamp)
      throws IOException {
    if (who == null) {
      throw new IllegalArgumentException("There is no attribution");
    }
    out = JSON.createGenerator(bytes);
    out.writeStartObject();
    text("event_id", eventId);
    requiredId("customer_id", who.customerId());
    id("user_id", who.userId());
    id("team_id", who.teamId());
    requiredId("feature_id", who.featureId());
    text("event_type", type);
    text("timestamp", DateTimeFormatter.ISO_INSTANT.format(timestamp));
    if (!who.metadata().isEmpty()) {
      metadata(who.metadata());
    }
  }

  private void metadata(Map<String, ?> metadata) throws IOException {
    BoundedBytes json = new BoundedBytes(METADATA_BYTES_AT_MOST);
    try {
      JSON.writeValue(json, metadata);
    } catch (IOException e) {
      if (json.isOver()) {
        throw new IllegalArgumentException(
            "metadata is over " + METADATA_BYTES_AT_MOST + " bytes of JSON", e);
      }
      throw e;
    }
    out.writeFieldName("metadata");
    out.writeRawValue(json.text());
  }

  private void requiredId(String name, @Nullable String value) throws IOException {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(name + " is required");
    }
    id(name, value);
  }

  /** Empty counts as absent. */
  EventJson id(String name, @Nullable String value) throws IOException {
    if (value == null || value.isEmpty()) {
      return this;
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > ID_BYTES_AT_MOST) {
      throw new IllegalArgumentException(name + " is over " + ID_BYTES_AT_MOST + " bytes");
    }
    return text(name, value);
  }

  EventJson text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
    return this;
  }

  EventJson provider(@Nullable Provider provider) throws IOException {
    return text("provider", provider == null ? null : provider.name());
  }

  EventJson count(String name, @Nullable Long value) throws IOException {
    if (value != null) {
      if (value < 0) {
        throw new IllegalArgumentException(name + " is less than 0");
      }
      out.writeNumberField(name, value);
    }
    return this;
  }

  EventJson quantity(String name, @Nullable BigDecimal value) throws IOException {
    if (value != null) {
      if (value.signum() <= 0) {
        throw new IllegalArgumentException(name + " is not more than 0");
      }
      out.writeNumberField(name, value);
    }
    return this;
  }

  EventJson counts(String name, Map<String, Long> values) throws IOException {
    if (!values.isEmpty()) {
      out.writeObjectFieldStart(name);
      for (Map.Entry<String, Long> entry : values.entrySet()) {
        if (entry.getKey() == null) {
          throw new IllegalArgumentException(name + " has a class without a name");
        }
        count(entry.getKey(), entry.getValue());
      }
      out.writeEndObject();
    }
    return this;
  }

  /** Left out where it is false. */
  EventJson flag(String name, boolean value) throws IOException {
    if (value) {
      out.writeBooleanField(name, true);
    }
    return this;
  }

  EventJson json(String name, JsonNode value) throws IOException {
    out.writeFieldName(name);
    JSON.writeTree(out, value);
    return this;
  }

  /** The object and a line feed. */
  byte[] finish() throws IOException {
    out.writeEndObject();
    out.close();
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
