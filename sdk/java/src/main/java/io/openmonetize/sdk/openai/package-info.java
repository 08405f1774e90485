/** Counts calls of OpenAI's official client, which must be on the class path. */
@NullMarked
package io.openmonetize.sdk.openai;

import org.jspecify.annotations.NullMarked;
