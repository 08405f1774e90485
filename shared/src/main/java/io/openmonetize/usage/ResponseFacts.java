package io.openmonetize.usage;

import org.jspecify.annotations.Nullable;

/**
 * What of the response's head decides how its body is read.
 *
 * @param contentType the {@code content-type} header, parameters included; null when there is none
 * @param contentEncoding the {@code content-encoding} header; null when there is none
 */
public record ResponseFacts(
    int status, @Nullable String contentType, @Nullable String contentEncoding) {}
