/**
 * The way to the providers: which headers go, over which connection, within which time. Knows HTTP
 * and nothing of usage.
 */
@NullMarked
package io.openmonetize.proxy.upstream;

import org.jspecify.annotations.NullMarked;
