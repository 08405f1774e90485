/**
 * From the bytes of an answer to its JSON documents: content codings undone on a copy, then the
 * framing in which the provider sends documents: one whole body, an array, lines, or an event
 * stream.
 */
@NullMarked
package io.openmonetize.usage.framing;

import org.jspecify.annotations.NullMarked;
