@NullMarked
package io.openmonetize.bench.load;

import org.jspecify.annotations.NullMarked;
