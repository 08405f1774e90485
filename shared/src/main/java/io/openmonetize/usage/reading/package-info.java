/**
 * What the readers of all providers share: how a usage object is taken apart into disjoint classes,
 * which findings weaken it, and how findings and the answer's end make a status.
 */
@NullMarked
package io.openmonetize.usage.reading;

import org.jspecify.annotations.NullMarked;
