/**
 * Takes tracked events to the server: a bounded queue, one thread that sends, and what it makes of
 * the answers. Internal.
 */
@NullMarked
package io.openmonetize.sdk.delivery;

import org.jspecify.annotations.NullMarked;
