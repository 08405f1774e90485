/**
 * A Lambda Runtime API loop that can stream a response. It knows nothing of what the handler does.
 */
@NullMarked
package io.openmonetize.runtime;

import org.jspecify.annotations.NullMarked;
