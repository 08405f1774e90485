/** Programs of the README, built with the tests so that they stay true. */
@NullMarked
package io.openmonetize.examples;

import org.jspecify.annotations.NullMarked;
