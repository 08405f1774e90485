/**
 * A small HTTP/1.1 client: blocking, pooled, for one exchange at a time on a connection. {@code
 * http} goes over plain sockets, {@code https} over the AWS Common Runtime. Knows nothing of
 * providers, queues or tables.
 */
@NullMarked
package io.openmonetize.http;

import org.jspecify.annotations.NullMarked;
