/**
 * The embedded DynamoDB and SQS servers behind one port, as LocalStack has its services: for the
 * suite over the synthesized templates, and for an image that LocalStack's module of Testcontainers
 * accepts.
 */
@NullMarked
package io.openmonetize.deployment;

import org.jspecify.annotations.NullMarked;
