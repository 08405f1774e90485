/** One class a route of the API, as {@code openapi.json} describes it. */
@NullMarked
package io.openmonetize.query.routes;

import org.jspecify.annotations.NullMarked;
