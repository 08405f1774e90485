/** Counts calls of Google's official client, which must be on the class path. */
@NullMarked
package io.openmonetize.sdk.google;

import org.jspecify.annotations.NullMarked;
