/**
 * The worker behind the usage queue: prices each event and books it exactly once, together with the
 * sums that count it. A message that could not be booked goes back to the queue by itself; nothing
 * else of its batch does.
 */
@NullMarked
package io.openmonetize.worker;

import org.jspecify.annotations.NullMarked;
