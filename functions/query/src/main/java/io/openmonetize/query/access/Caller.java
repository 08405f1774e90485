package io.openmonetize.query.access;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.storage.OperatorTable.Operator;
import org.jspecify.annotations.Nullable;

/** Who reads. */
public sealed interface Caller {
  /** Someone signed in, who may see every customer. */
  record SignedIn(Operator operator) implements Caller {}

  /** The holder of a key with the scope {@code read}. */
  record KeyHolder(ApiKey key) implements Caller {}

  /**
   * The customer to whom the answer is confined: the one asked for, or the only one whom the caller
   * may see. Null for all. Every read goes through here.
   *
   * @throws Refusal when another customer is asked for than the key is bound to
   */
  default @Nullable String confine(@Nullable String askedFor) {
    return switch (this) {
      case SignedIn _ -> askedFor;
      case KeyHolder(ApiKey key) -> {
        String bound = key.customerId();
        if (bound != null && askedFor != null && !bound.equals(askedFor)) {
          throw new Refusal(ErrorCode.FORBIDDEN, "This API key is bound to another customer.");
        }
        yield bound == null ? askedFor : bound;
      }
    };
  }
}
