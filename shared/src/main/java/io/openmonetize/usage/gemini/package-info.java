/**
 * Google's answers. The cached count is inside the prompt count; thinking and what tools put into
 * the prompt stand beside prompt and candidates.
 */
@NullMarked
package io.openmonetize.usage.gemini;

import org.jspecify.annotations.NullMarked;
