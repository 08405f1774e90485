/**
 * The contract between everything that sees a call and everything that counts one: the usage event,
 * its token classes, and the one JSON form in which it crosses the queue.
 *
 * <p>This module knows nothing of AWS, HTTP or storage.
 */
@NullMarked
package io.openmonetize.events;

import org.jspecify.annotations.NullMarked;
