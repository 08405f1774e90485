/** Counts calls of Anthropic's official client, which must be on the class path. */
@NullMarked
package io.openmonetize.sdk.anthropic;

import org.jspecify.annotations.NullMarked;
