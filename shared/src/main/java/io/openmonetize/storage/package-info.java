/**
 * Where things lie in the two DynamoDB tables: key layout, table definitions, and the items that
 * more than one function reads or writes.
 */
@NullMarked
package io.openmonetize.storage;

import org.jspecify.annotations.NullMarked;
