@NullMarked
package io.openmonetize.sdk;

import org.jspecify.annotations.NullMarked;
