/**
 * The query function: reads for the dashboard and for API readers, key management, and the
 * dashboard's files, behind an HTTP API.
 */
@NullMarked
package io.openmonetize.query;

import org.jspecify.annotations.NullMarked;
