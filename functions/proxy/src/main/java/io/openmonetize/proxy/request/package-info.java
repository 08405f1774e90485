/**
 * What a caller sent: the Function URL event taken apart, the provider its path names, and what of
 * its body the proxy must know. Nothing here changes the request, but for one spliced option.
 */
@NullMarked
package io.openmonetize.proxy.request;

import org.jspecify.annotations.NullMarked;
