package io.openmonetize.worker;

import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupKey;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger can add up and file without loss. An event beyond it would spoil more than
 * itself: a sum that outgrows DynamoDB's 38 digits refuses every later event.
 */
final class Limits {
  private static final long TOKENS_AT_MOST = 1_000_000_000_000L;
  private static final int WHOLE_DIGITS_AT_MOST = 15;
  private static final int DECIMALS_AT_MOST = 16;

  /** DynamoDB's limits for key attributes. */
  private static final int PARTITION_KEY_AT_MOST = 2048;

  private static final int SORT_KEY_AT_MOST = 1024;

  /** More than all of a key but ids and model names: its kind, time, provider, separators. */
  private static final int BYTES_OF_WORDS = 100;

  private Limits() {}

  /**
   * @throws MalformedEventException when the event is beyond a limit; the message names which
   */
  static void check(StoredEvent stored) throws MalformedEventException {
    for (UsageLine line : stored.event().usage().lines()) {
      for (long count : line.tokens().byClass().values()) {
        if (count > TOKENS_AT_MOST) {
          throw new MalformedEventException("a token count is too large to be one");
        }
      }
      for (BigDecimal quantity : line.units().values()) {
        checkDecimal(quantity);
      }
    }
    checkDecimal(stored.cost().knownUsd());
    int year = stored.event().timestamp().atZone(ZoneOffset.UTC).getYear();
    if (year < 0 || year > 9999) {
      throw new MalformedEventException("a timestamp's year must have four digits");
    }
    UsageEvent event = stored.event();
    if (isShort(event)) {
      return;
    }
    EventKey own = new EventKey(event.attribution().customerId(), event.identity());
    checkKey(own.partition(), PARTITION_KEY_AT_MOST);
    for (RollupKey key : RollupFold.keys(event, 0)) {
      checkKey(key.partition(), PARTITION_KEY_AT_MOST);
      checkKey(key.sort(), SORT_KEY_AT_MOST);
    }
  }

  /** Whether no key can be too long, as nearly always: one character is three bytes at most. */
  private static boolean isShort(UsageEvent event) {
    int characters =
        length(event.attribution().customerId())
            + length(event.attribution().userId())
            + length(event.attribution().featureId())
            + length(event.model());
    int ofIdentity =
        switch (event.identity()) {
          case EventIdentity.ById(String id) -> length(id);
          case EventIdentity.ByIdempotencyKey(String key) -> length(key);
          case EventIdentity.ByResponse(_, String id) -> length(id);
          case EventIdentity.ByBatchLine(_, String batchId, String customId) ->
              length(batchId) + length(customId);
        };
    return BYTES_OF_WORDS + 3 * (characters + ofIdentity) <= SORT_KEY_AT_MOST;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static void checkDecimal(BigDecimal number) throws MalformedEventException {
    if (number.precision() - number.scale() > WHOLE_DIGITS_AT_MOST
        || number.scale() > DECIMALS_AT_MOST) {
      throw new MalformedEventException("a quantity or cost has too many digits");
    }
  }

  private static void checkKey(String key, int bytesAtMost) throws MalformedEventException {
    if (key.getBytes(StandardCharsets.UTF_8).length > bytesAtMost) {
      throw new MalformedEventException("an id or model name is too long for a key");
    }
  }
}
