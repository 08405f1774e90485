/**
 * The proxy under load: a platform, providers, a queue and a key store that cost next to nothing,
 * and what is measured between them.
 */
@NullMarked
package io.openmonetize.bench.load;

import org.jspecify.annotations.NullMarked;
