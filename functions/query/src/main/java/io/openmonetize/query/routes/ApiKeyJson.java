package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.Scope;
import io.openmonetize.query.http.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An API key as the API shows it: everything but the key. */
final class ApiKeyJson {
  private ApiKeyJson() {}

  static ObjectNode of(ApiKey key) {
    ObjectNode json =
        Json.object()
            .put("id", key.id())
            .put("name", key.name())
            .put("prefix", key.prefix())
            .put("environment", key.environment());
    var scopes = json.putArray("scopes");
    key.scopes().stream().sorted().map(Scope::wireName).forEach(scopes::add);
    return json.put("customer_id", key.customerId())
        .put("created_at", key.createdAt().toString())
        .put("created_by", key.createdBy())
        .put("expires_at", textOrNull(key.expiresAt()))
        .put("revoked_at", textOrNull(key.revokedAt()));
  }

  private static @Nullable String textOrNull(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
