/** How the client speaks HTTP. Internal, but for whoever must bring another transport. */
@NullMarked
package io.openmonetize.sdk.transport;

import org.jspecify.annotations.NullMarked;
