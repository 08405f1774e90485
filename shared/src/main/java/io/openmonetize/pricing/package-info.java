/**
 * Prices and money. Money is {@link java.math.BigDecimal} US dollars from the price file to the
 * wire; it never passes through a binary fraction.
 */
@NullMarked
package io.openmonetize.pricing;

import org.jspecify.annotations.NullMarked;
