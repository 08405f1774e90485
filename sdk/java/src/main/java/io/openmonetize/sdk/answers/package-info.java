/** Merges the streams of providers into answers, as far as they bill. Internal. */
@NullMarked
package io.openmonetize.sdk.answers;

import org.jspecify.annotations.NullMarked;
