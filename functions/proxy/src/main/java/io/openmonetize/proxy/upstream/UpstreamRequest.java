package io.openmonetize.proxy.upstream;

import io.openmonetize.events.Provider;
import io.openmonetize.runtime.http1.Headers;

/**
 * A request as the provider is to get it, save for host and length.
 *
 * @param path raw, and safe in the sense of {@link io.openmonetize.proxy.request.SafePath}; the
 *     base URL's own path goes before it
 * @param query raw, without its question mark; empty when there is none
 * @param headers all that the provider gets besides {@code host} and {@code content-length}
 */
public record UpstreamRequest(
    Provider provider, String method, String path, String query, Headers headers, byte[] body) {}
