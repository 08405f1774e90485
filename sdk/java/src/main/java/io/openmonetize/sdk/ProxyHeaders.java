package io.openmonetize.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy wants to be told, and where the official clients add a version to the base URL.
 */
final class ProxyHeaders {
  /** A header is ASCII. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ProxyHeaders() {}

  static ProxyConfig config(
      String origin, @Nullable String apiKey, Provider provider, Attribution who) {
    Map<String, String> headers = new HashMap<>();
    put(headers, "X-OM-Api-Key", apiKey);
    put(headers, "X-OM-Customer-Id", who.customerId());
    put(headers, "X-OM-User-Id", who.userId());
    put(headers, "X-OM-Feature-Id", who.featureId());
    if (!who.metadata().isEmpty()) {
      headers.put("X-OM-Metadata", json(who.metadata()));
    }
    return new ProxyConfig(provider == Provider.OPENAI ? origin + "/v1" : origin, headers);
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  private static String json(Map<String, ?> metadata) {
    try {
      return JSON.writeValueAsString(metadata);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The metadata cannot be written as JSON", e);
    }
  }
}
