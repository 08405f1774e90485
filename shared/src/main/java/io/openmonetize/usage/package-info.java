/**
 * Usage readers: they watch the bytes of a provider's answer go by and say in the end what was
 * used, how sure that is, and why not surer.
 *
 * <p>A reader never throws at what it reads, never keeps more than a bounded piece of it, and gives
 * the same reading however the bytes were split. What each provider's fields mean is written down
 * in the packages named after them.
 */
@NullMarked
package io.openmonetize.usage;

import org.jspecify.annotations.NullMarked;
