package io.openmonetize.sdk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose use it is. Ids are at most 256 bytes of UTF-8 each. Nothing is checked here: an event with
 * a wrong attribution is logged and counted when it is tracked, or refused by the server.
 *
 * @param customerId whom it is billed to; required
 * @param userId which of the customer's users
 * @param featureId which feature of the product; required
 * @param teamId which of the customer's teams
 * @param metadata kept as it is, at most 4,096 bytes as JSON; not for text of prompts
 */
public record Attribution(
    @Nullable String customerId,
    @Nullable String userId,
    @Nullable String featureId,
    @Nullable String teamId,
    Map<String, ?> metadata) {

  /** Copies the metadata; none may be given as null. */
  public Attribution {
    metadata =
        metadata == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Without team and metadata.
   *
   * @param customerId whom it is billed to
   * @param userId which of the customer's users; null where there is none
   * @param featureId which feature of the product
   * @return the attribution
   */
  public static Attribution of(
      @Nullable String customerId, @Nullable String userId, @Nullable String featureId) {
    return new Attribution(customerId, userId, featureId, null, Map.of());
  }

  /**
   * The same with another team.
   *
   * @param team which of the customer's teams
   * @return the attribution
   */
  public Attribution withTeamId(@Nullable String team) {
    return new Attribution(customerId, userId, featureId, team, metadata);
  }

  /**
   * The same with other metadata.
   *
   * @param other what JSON can say: text, numbers, booleans, lists and maps of these
   * @return the attribution
   */
  public Attribution withMetadata(Map<String, ?> other) {
    return new Attribution(customerId, userId, featureId, teamId, other);
  }
}
