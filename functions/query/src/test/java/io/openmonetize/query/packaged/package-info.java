/** What the deployment package is trained with, and tests of what is in the zip. */
@NullMarked
package io.openmonetize.query.packaged;

import org.jspecify.annotations.NullMarked;
