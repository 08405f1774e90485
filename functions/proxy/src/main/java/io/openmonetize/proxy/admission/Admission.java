package io.openmonetize.proxy.admission;

import io.openmonetize.events.Attribution;
import io.openmonetize.keys.KeyVerdict;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.keys.Scope;
import io.openmonetize.proxy.admission.Decision.Granted;
import io.openmonetize.proxy.admission.Decision.Refused;
import io.openmonetize.proxy.reply.Refusals;
import io.openmonetize.proxy.request.Characters;
import io.openmonetize.runtime.http1.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks the {@code X-OM-*} headers: the ids first, then the metadata, the key last. */
public final class Admission {
  private static final String CUSTOMER = "X-OM-Customer-Id";
  private static final String USER = "X-OM-User-Id";
  private static final String FEATURE = "X-OM-Feature-Id";
  private static final String KEY = "X-OM-Api-Key";
  private static final String METADATA = "X-OM-Metadata";
  private static final int ID_BYTES_AT_MOST = 256;

  private final KeyVerifier keys;

  public Admission(KeyVerifier keys) {
    this.keys = keys;
  }

  public Decision decide(Headers headers) {
    for (String name : List.of(CUSTOMER, USER, FEATURE, KEY)) {
      if (value(headers, name).isEmpty()) {
        return new Refused(Refusals.MISSING_HEADERS);
      }
    }
    for (String name : List.of(CUSTOMER, USER, FEATURE)) {
      if (!isId(value(headers, name))) {
        return new Refused(Refusals.invalidHeader(name));
      }
    }
    String metadata = value(headers, METADATA);
    if (!metadata.isEmpty() && !Metadata.isAcceptable(metadata)) {
      return new Refused(Refusals.INVALID_METADATA);
    }
    String customer = value(headers, CUSTOMER);
    var attribution =
        new Attribution(
            customer,
            value(headers, USER),
            null,
            value(headers, FEATURE),
            metadata.isEmpty() ? null : metadata);
    return switch (keys.verify(value(headers, KEY), Scope.PROXY, customer)) {
      case KeyVerdict.Valid(var key) -> new Granted(attribution, key);
      case KeyVerdict.Unavailable _ -> new Refused(Refusals.KEY_STORE_UNAVAILABLE);
      // One answer for all of these: which of them it is helps only who tries keys.
      case KeyVerdict.Malformed _,
          KeyVerdict.WrongEnvironment _,
          KeyVerdict.Unknown _,
          KeyVerdict.Revoked _,
          KeyVerdict.Expired _,
          KeyVerdict.ScopeMissing _,
          KeyVerdict.OtherCustomer _ ->
          new Refused(Refusals.INVALID_KEY);
    };
  }

  /** Empty for a header that is absent, as for one that is. */
  private static String value(Headers headers, String name) {
    return headers.first(name).map(String::strip).map(WireText::decode).orElse("");
  }

  /** A comma is what a front door joins repeated headers with: two ids, and nobody knows whose. */
  private static boolean isId(String text) {
    return text.indexOf(',') < 0
        && Characters.isPlain(text)
        && text.indexOf('\t') < 0
        && text.getBytes(StandardCharsets.UTF_8).length <= ID_BYTES_AT_MOST;
  }
}
