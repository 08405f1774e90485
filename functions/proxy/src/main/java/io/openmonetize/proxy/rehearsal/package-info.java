/**
 * A call through the whole proxy before the first real one, with nobody outside, so that the first
 * caller does not wait for code that has never run.
 */
@NullMarked
package io.openmonetize.proxy.rehearsal;

import org.jspecify.annotations.NullMarked;
