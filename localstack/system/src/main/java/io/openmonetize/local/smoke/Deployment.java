package io.openmonetize.local.smoke;

import java.net.URI;
import java.util.Optional;

/**
 * What is looked at, and with which keys.
 *
 * @param proxy origin of the proxy, without a path
 * @param dashboard origin of ingestion and query, where the ledger is to be read as well
 * @param apiKey with the scopes {@code proxy} and, for the ledger, {@code read}
 * @param customerId under whose name the calls are booked
 * @param anthropicKey a real key of the provider, without which only calls are made that cost
 *     nothing
 * @param model asked in the calls that cost something
 * @param warmCalls how many calls the warm timing takes
 */
record Deployment(
    URI proxy,
    Optional<URI> dashboard,
    String apiKey,
    String customerId,
    Optional<String> anthropicKey,
    String model,
    int warmCalls) {}
