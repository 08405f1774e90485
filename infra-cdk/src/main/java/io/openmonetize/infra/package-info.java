/**
 * The house plan as a CDK app: one construct for each box of the picture, in two stacks. {@link
 * io.openmonetize.infra.StorageStack} holds what must outlive a deployment, {@link
 * io.openmonetize.infra.ServiceStack} what can be thrown away and made again. It knows the
 * functions by their artefacts' paths, handler names and environment variables only.
 */
@NullMarked
package io.openmonetize.infra;

import org.jspecify.annotations.NullMarked;
