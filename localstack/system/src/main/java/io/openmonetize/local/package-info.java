/**
 * The whole system on one machine: the functions' own handlers, behind hosts that speak AWS's
 * protocols, on a real DynamoDB server and a real SQS server. All in one process, or the parts in
 * processes of their own.
 */
@NullMarked
package io.openmonetize.local;

import org.jspecify.annotations.NullMarked;
