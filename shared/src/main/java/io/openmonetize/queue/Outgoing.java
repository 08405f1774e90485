package io.openmonetize.queue;

/**
 * A message as the queue gets it.
 *
 * @param bytes of the body in UTF-8
 * @param delaySeconds 0 to 900
 * @param group the customer's, see {@link GroupId}
 * @param patient whether nobody waits for it: a call's intent
 */
record Outgoing(String body, int bytes, int delaySeconds, String group, boolean patient) {}
