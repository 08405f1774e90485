/**
 * HTTP as the routes see it, apart from how it comes in: requests and answers, the router, and the
 * strict reading of what callers send. Only {@link HttpApi} knows API Gateway's payload.
 */
@NullMarked
package io.openmonetize.query.http;

import org.jspecify.annotations.NullMarked;
