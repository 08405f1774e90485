/**
 * The parts of AWS and the providers that a machine of one's own lacks, each startable alone: a
 * DynamoDB server, an SQS server, stand-in providers. Everything binds the loopback address. The
 * parts know nothing of the product, so every module's tests may use them.
 */
@NullMarked
package io.openmonetize.local.parts;

import org.jspecify.annotations.NullMarked;
