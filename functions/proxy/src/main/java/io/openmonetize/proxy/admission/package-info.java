/** Who may call, and on whose account: ids, metadata and key, before anything goes upstream. */
@NullMarked
package io.openmonetize.proxy.admission;

import org.jspecify.annotations.NullMarked;
