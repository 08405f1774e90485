/**
 * One subject a file, run by JMH: what it takes of the processor, and how many bytes it allocates.
 * The second is a count, and a test of the build holds it against {@code allocated-bytes.md}.
 */
@NullMarked
package io.openmonetize.bench.micro;

import org.jspecify.annotations.NullMarked;
