package io.openmonetize.http;

import io.openmonetize.runtime.http1.Headers;

/**
 * A request, save for host and length.
 *
 * @param target path and query, raw; the origin's own path goes before it
 * @param headers all that the peer gets besides {@code host} and {@code content-length}
 */
public record ClientRequest(
    Origin origin, String method, String target, Headers headers, byte[] body) {}
