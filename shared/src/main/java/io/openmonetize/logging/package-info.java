/** Structured logs: one JSON object a line, on standard error or wherever the process says. */
@NullMarked
package io.openmonetize.logging;

import org.jspecify.annotations.NullMarked;
