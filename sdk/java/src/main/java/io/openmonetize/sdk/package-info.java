/** The client of OpenMonetize: reports use, reads usage and costs. */
@NullMarked
package io.openmonetize.sdk;

import org.jspecify.annotations.NullMarked;
