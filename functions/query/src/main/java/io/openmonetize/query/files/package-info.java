/** The dashboard's files, out of the class path, with caching and compression. */
@NullMarked
package io.openmonetize.query.files;

import org.jspecify.annotations.NullMarked;
