/**
 * How a function becomes the zip that is deployed: its AOT cache, trained by calls of its own kind,
 * and the checks of what is in the zip.
 */
@NullMarked
package io.openmonetize.packaging;

import org.jspecify.annotations.NullMarked;
