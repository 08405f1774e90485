package io.openmonetize.queue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * A customer's id in the alphabet that SQS allows for message groups: 128 characters of ASCII
 * letters, digits and punctuation. A group that two customers share by chance only shares their
 * place in the queue.
 */
final class GroupId {
  private static final int CHARACTERS_AT_MOST = 128;

  private GroupId() {}

  static String of(String customerId) {
    boolean plain =
        customerId.length() <= CHARACTERS_AT_MOST
            && customerId.chars().allMatch(c -> c > ' ' && c <= '~');
    if (plain) {
      return customerId;
    }
    byte[] bytes = customerId.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String tail = "." + Long.toHexString(crc.getValue());
    return encoded.length() + tail.length() <= CHARACTERS_AT_MOST
        ? encoded + tail
        : encoded.substring(0, CHARACTERS_AT_MOST - tail.length()) + tail;
  }
}
