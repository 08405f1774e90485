/** {@code ./om smoke}: what a deployment does, seen from outside. */
@NullMarked
package io.openmonetize.local.smoke;

import org.jspecify.annotations.NullMarked;
