/**
 * The proxy function: checks who calls, forwards the call to its provider, streams the answer back
 * unaltered, and books what it used once the caller has its last byte.
 */
@NullMarked
package io.openmonetize.proxy;

import org.jspecify.annotations.NullMarked;
