/**
 * Anthropic's answers. Its classes are disjoint as they come (cached tokens stand beside the input
 * count), but for thinking, which is inside the output count.
 */
@NullMarked
package io.openmonetize.usage.anthropic;

import org.jspecify.annotations.NullMarked;
