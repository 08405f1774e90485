/** What is booked of a call, and how it leaves: a log line always, the queue if it can. */
@NullMarked
package io.openmonetize.proxy.settlement;

import org.jspecify.annotations.NullMarked;
