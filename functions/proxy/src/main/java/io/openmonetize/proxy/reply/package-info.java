/** Answers of the proxy's own: refusals, failures, health, and what browsers must be told. */
@NullMarked
package io.openmonetize.proxy.reply;

import org.jspecify.annotations.NullMarked;
