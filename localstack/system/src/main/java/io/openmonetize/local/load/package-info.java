/**
 * Fills a ledger with made-up usage, as the worker would have booked it, faster than the worker
 * could.
 */
@NullMarked
package io.openmonetize.local.load;

import org.jspecify.annotations.NullMarked;
