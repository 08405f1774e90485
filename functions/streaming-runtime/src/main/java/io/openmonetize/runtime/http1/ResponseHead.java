package io.openmonetize.runtime.http1;

/** A status line and its headers. */
public record ResponseHead(int status, String reason, Headers headers) {}
