/** Settings of a function, read once from its environment variables. */
@NullMarked
package io.openmonetize.config;

import org.jspecify.annotations.NullMarked;
