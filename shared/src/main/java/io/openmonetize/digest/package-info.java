/** SHA-256, by which keys, names, events and files are known without being told. */
@NullMarked
package io.openmonetize.digest;

import org.jspecify.annotations.NullMarked;
