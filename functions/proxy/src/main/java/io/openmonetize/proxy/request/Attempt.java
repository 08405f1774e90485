package io.openmonetize.proxy.request;

import io.openmonetize.digest.Sha256;
import io.openmonetize.events.Provider;
import io.openmonetize.runtime.http1.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of the call that it is one of the tries of. Nothing is concluded from
 * likeness or time: two calls that ask the same may both be meant.
 *
 * @param number from 1, as the client says; null where it does not. The official SDKs of Anthropic
 *     and OpenAI count; others send nothing, or always the same
 * @param logicalCallId the same for all tries that carry one idempotency key; null without one. No
 *     official SDK makes a key by itself; they keep over their retries the one that they are given
 */
public record Attempt(@Nullable Integer number, @Nullable String logicalCallId) {
  public static final Attempt UNSAID = new Attempt(null, null);

  private static final String RETRY_COUNT = "x-stainless-retry-count";
  private static final String IDEMPOTENCY_KEY = "idempotency-key";
  private static final int DIGITS_AT_MOST = 2;
  private static final int LOGICAL_CALL_ID_DIGITS = 16;

  /**
   * @param scope whose key it is: the same text from two customers, or under two API keys, does not
   *     make one call
   */
  public static Attempt of(Headers headers, Provider provider, String... scope) {
    return new Attempt(
        number(headers.first(RETRY_COUNT).orElse("")),
        logicalCallId(headers.first(IDEMPOTENCY_KEY).orElse("").strip(), provider, scope));
  }

  private static @Nullable Integer number(String retries) {
    boolean whole =
        !retries.isEmpty()
            && retries.length() <= DIGITS_AT_MOST
            && retries.chars().allMatch(c -> c >= '0' && c <= '9');
    return whole ? Integer.parseInt(retries) + 1 : null;
  }

  /** A digest, since a key may tell what its maker did not mean for the ledger. */
  private static @Nullable String logicalCallId(String key, Provider provider, String... scope) {
    if (key.isEmpty()) {
      return null;
    }
    // No id and no header holds a NUL, so that no two scopes read alike.
    String text = String.join("\0", scope) + "\0" + provider.name() + "\0" + key;
    return Sha256.hex(text).substring(0, LOGICAL_CALL_ID_DIGITS);
  }
}
