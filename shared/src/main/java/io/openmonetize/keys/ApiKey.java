package io.openmonetize.keys;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key. The key itself is not: only its hash is ever stored.
 *
 * @param prefix the first characters of the key, by which an operator recognises it
 * @param environment {@code dev} or {@code live}
 * @param customerId the only customer for whom it may be used; null for any
 */
public record ApiKey(
    String id,
    String name,
    String prefix,
    String environment,
    Set<Scope> scopes,
    @Nullable String customerId,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }
}
