/**
 * OpenAI's answers, and those of endpoints that speak its language. Its details are inside its
 * totals: cached, written, audio and image tokens in the input, reasoning and audio in the output.
 */
@NullMarked
package io.openmonetize.usage.openai;

import org.jspecify.annotations.NullMarked;
