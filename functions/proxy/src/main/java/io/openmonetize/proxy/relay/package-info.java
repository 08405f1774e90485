/** The way back: a provider's answer to the caller as it arrives, and a copy of it to the meter. */
@NullMarked
package io.openmonetize.proxy.relay;

import org.jspecify.annotations.NullMarked;
