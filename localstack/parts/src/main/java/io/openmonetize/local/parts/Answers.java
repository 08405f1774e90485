package io.openmonetize.local.parts;

import io.openmonetize.runtime.http1.RequestHead;

/** What a provider usually answers. Called by several connections at once. */
@FunctionalInterface
public interface Answers {
  Script answer(RequestHead head, byte[] body);
}
