/** What the wrappers of the providers' clients have in common; not for use by applications. */
@NullMarked
package io.openmonetize.sdk.tracked;

import org.jspecify.annotations.NullMarked;
