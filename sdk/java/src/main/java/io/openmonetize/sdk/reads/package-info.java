/** What can be asked, and the answers. Money is exact: US dollars as decimals. */
@NullMarked
package io.openmonetize.sdk.reads;

import org.jspecify.annotations.NullMarked;
