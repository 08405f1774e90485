package io.openmonetize.queue;

import io.openmonetize.digest.Sha256;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.QueueMessageJson;
import org.jspecify.annotations.Nullable;

/**
 * A customer's place in the fair queue. SQS takes 128 characters of ASCII letters, digits and
 * punctuation for a message group ({@code SendMessage}'s reference), while a customer's id may be
 * longer and of any script. So the group is the id's SHA-256, 64 hexadecimal digits, which also
 * keeps the id out of what SQS shows beside a message.
 */
final class GroupId {
  private GroupId() {}

  static String of(String customerId) {
    return Sha256.hex(customerId);
  }

  /** Null when the message does not say whose it is: it then waits in no group. */
  static @Nullable String ofBody(String body) {
    try {
      return of(QueueMessageJson.read(body).customerId());
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
