/** The usage queue: the only way into the usage tables. One event a message. */
@NullMarked
package io.openmonetize.queue;

import org.jspecify.annotations.NullMarked;
