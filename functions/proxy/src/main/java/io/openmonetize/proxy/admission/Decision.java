package io.openmonetize.proxy.admission;

import io.openmonetize.events.Attribution;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.proxy.reply.Reply;

/** Whether a call may go to its provider. */
public sealed interface Decision {
  record Granted(Attribution attribution, ApiKey key) implements Decision {}

  record Refused(Reply reply) implements Decision {}
}
