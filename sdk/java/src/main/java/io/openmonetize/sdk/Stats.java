package io.openmonetize.sdk;

/**
 * Counts since the client was built.
 *
 * @param tracked events that were put into the queue, and those found in the spool
 * @param accepted events that the server has for good
 * @param duplicates events that the server said it had already
 * @param failed events that will never be accepted
 * @param dropped tracked events that never got into the queue: it was full, the client closed, or
 *     an argument was wrong
 * @param queued events that are not settled yet
 */
public record Stats(
    long tracked, long accepted, long duplicates, long failed, long dropped, long queued) {}
