package io.openmonetize.runtime.http1;

/**
 * A request line and its headers.
 *
 * @param target the request target, raw: path and query as they were sent
 */
public record RequestHead(String method, String target, Headers headers) {}
