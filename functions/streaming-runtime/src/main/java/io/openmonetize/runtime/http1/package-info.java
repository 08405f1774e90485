/**
 * HTTP/1.1 on a blocking socket, by hand: heads, bodies and trailers as they are on the wire.
 * Neither of the JDK's clients can send trailers or keeps chunk boundaries, and its server hides
 * trailers.
 */
@NullMarked
package io.openmonetize.runtime.http1;

import org.jspecify.annotations.NullMarked;
