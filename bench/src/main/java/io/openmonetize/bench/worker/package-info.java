/** What the worker's booking costs: {@code ./om bench worker}. */
@NullMarked
package io.openmonetize.bench.worker;

import org.jspecify.annotations.NullMarked;
