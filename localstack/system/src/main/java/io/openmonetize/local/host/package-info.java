/**
 * What stands in front of the functions on AWS, speaking the same protocols and payloads with the
 * same limits: the Runtime API, Function URLs, HTTP APIs and the SQS event source. The functions'
 * own handlers run behind it unchanged.
 *
 * <p>It knows nothing of what the functions do.
 */
@NullMarked
package io.openmonetize.local.host;

import org.jspecify.annotations.NullMarked;
