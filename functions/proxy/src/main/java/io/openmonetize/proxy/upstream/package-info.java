/**
 * The way to the providers: which headers go, and to which base URL; {@link io.openmonetize.http}
 * does the rest. Knows HTTP and nothing of usage.
 */
@NullMarked
package io.openmonetize.proxy.upstream;

import org.jspecify.annotations.NullMarked;
