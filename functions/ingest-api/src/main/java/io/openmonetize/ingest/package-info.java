/**
 * The HTTP intake of usage events: checks the key, judges each event of a batch by itself, puts the
 * good ones on the queue and says which were not taken and why. It never prices, stores or reads.
 */
@NullMarked
package io.openmonetize.ingest;

import org.jspecify.annotations.NullMarked;
