/**
 * JSON read as it passes: a push scanner that keeps the values at a few wanted paths and walks over
 * everything else byte by byte, in memory that does not grow with the document; and a small tree
 * for the fragments that it kept.
 *
 * <p>Nothing here throws at bytes that are not JSON: a document is whole, unfinished or broken.
 */
@NullMarked
package io.openmonetize.usage.json;

import org.jspecify.annotations.NullMarked;
