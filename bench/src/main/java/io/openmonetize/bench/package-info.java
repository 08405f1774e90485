/**
 * Measurements, not part of the product: what reading usage costs beside passing the same bytes on.
 */
@NullMarked
package io.openmonetize.bench;

import org.jspecify.annotations.NullMarked;
