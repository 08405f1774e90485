package io.openmonetize.proxy.request;

import io.openmonetize.runtime.http1.Headers;

/**
 * A request as a Function URL hands it over.
 *
 * @param path {@code rawPath}, as it came
 * @param query {@code rawQueryString}, as it came; empty when there is none. May hold a key
 * @param headers names in lower case, repeated ones joined by the front door; cookies rejoined into
 *     one {@code cookie} header. No control characters
 * @param body the bytes that the caller sent
 */
public record FunctionUrlRequest(
    String method, String path, String query, Headers headers, byte[] body) {}
