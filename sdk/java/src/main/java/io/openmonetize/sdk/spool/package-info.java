/**
 * Keeps tracked events in a folder until they are settled, over the end of the process. Internal.
 */
@NullMarked
package io.openmonetize.sdk.spool;

import org.jspecify.annotations.NullMarked;
