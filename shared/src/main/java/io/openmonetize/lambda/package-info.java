/**
 * What functions that answer whole have in common: their process, and the payloads of an HTTP API
 * and of a queue, read and written without a data binding, which a cold start would pay for.
 */
@NullMarked
package io.openmonetize.lambda;

import org.jspecify.annotations.NullMarked;
