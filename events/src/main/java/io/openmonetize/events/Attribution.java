package io.openmonetize.events;

import org.jspecify.annotations.Nullable;

/**
 * Whose use it is.
 *
 * @param customerId the operator's customer
 * @param userId the customer's end user; null where the reporter named none
 * @param teamId a group of users; null where the reporter named none
 * @param featureId the part of the operator's product
 * @param metadata a JSON object, verbatim text as sent; null when none was
 */
public record Attribution(
    String customerId,
    @Nullable String userId,
    @Nullable String teamId,
    String featureId,
    @Nullable String metadata) {}
