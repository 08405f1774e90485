/**
 * Who may call what. A route is wrapped by the {@link Guard} that it needs, and gets a {@link
 * Caller} that says for whom it may answer.
 */
@NullMarked
package io.openmonetize.query.access;

import org.jspecify.annotations.NullMarked;
