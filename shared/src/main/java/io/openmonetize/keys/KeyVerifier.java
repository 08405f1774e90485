package io.openmonetize.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges presented keys. Safe for use by many threads.
 *
 * <p>Two caches, so that a flood of unknown keys cannot push out the good ones. A known key stays
 * honoured for {@link #STALE_LIMIT} while the store cannot be asked; an unknown one is then {@link
 * KeyVerdict.Unavailable}.
 */
public final class KeyVerifier {
  /**
   * How long after its revocation a key may still be honoured by a process that has just used it.
   */
  public static final Duration MAX_REVOCATION_DELAY = Duration.ofSeconds(10);

  /** How long a key that was once found stays honoured while the store does not answer. */
  public static final Duration STALE_LIMIT = Duration.ofMinutes(15);

  /**
   * How long the store is not asked about keys that were found before, after it did not answer.
   * Each call would otherwise wait for the look-up to give up.
   */
  public static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(5);

  private static final int KNOWN_KEYS_AT_MOST = 10_000;
  private static final int UNKNOWN_KEYS_AT_MOST = 1_000;

  private final String environment;
  private final KeyLookup lookup;
  private final Clock clock;
  private final Cache<ApiKey> known = new Cache<>(KNOWN_KEYS_AT_MOST);
  private final Cache<Boolean> unknown = new Cache<>(UNKNOWN_KEYS_AT_MOST);
  private volatile Instant failedAt = Instant.EPOCH;

  /**
   * @param environment the only one whose keys are good here: {@code dev} or {@code live}
   */
  public KeyVerifier(String environment, KeyLookup lookup, Clock clock) {
    this.environment = environment;
    this.lookup = lookup;
    this.clock = clock;
  }

  /**
   * @param customerId for whom the key is to be used; null where no customer is named
   */
  public KeyVerdict verify(String presented, Scope needed, @Nullable String customerId) {
    Optional<KeyText> text = KeyText.parse(presented);
    if (text.isEmpty()) {
      return new KeyVerdict.Malformed();
    }
    if (!text.get().environment().equals(environment)) {
      return new KeyVerdict.WrongEnvironment();
    }
    Optional<ApiKey> key;
    try {
      key = find(text.get().hash());
    } catch (KeyStoreUnavailableException e) {
      return new KeyVerdict.Unavailable();
    }
    return key.map(found -> judge(found, needed, customerId)).orElseGet(KeyVerdict.Unknown::new);
  }

  private KeyVerdict judge(ApiKey key, Scope needed, @Nullable String customerId) {
    if (key.revokedAt() != null) {
      return new KeyVerdict.Revoked();
    }
    if (key.expiresAt() != null && !clock.instant().isBefore(key.expiresAt())) {
      return new KeyVerdict.Expired();
    }
    if (!key.scopes().contains(needed)) {
      return new KeyVerdict.ScopeMissing(needed);
    }
    if (key.customerId() != null && customerId != null && !key.customerId().equals(customerId)) {
      return new KeyVerdict.OtherCustomer();
    }
    return new KeyVerdict.Valid(key);
  }

  private Optional<ApiKey> find(String hash) {
    Instant now = clock.instant();
    Seen<ApiKey> seen = known.get(hash);
    if (seen != null && now.isBefore(seen.readAt.plus(MAX_REVOCATION_DELAY))) {
      return Optional.of(seen.value);
    }
    Seen<Boolean> refused = unknown.get(hash);
    if (refused != null && now.isBefore(refused.readAt.plus(MAX_REVOCATION_DELAY))) {
      return Optional.empty();
    }
    boolean honoured = seen != null && now.isBefore(seen.readAt.plus(STALE_LIMIT));
    if (honoured && Duration.between(failedAt, now).compareTo(ASK_AGAIN_AFTER) < 0) {
      return Optional.of(seen.value);
    }
    try {
      return read(hash, now);
    } catch (KeyStoreUnavailableException e) {
      // After the wait, which itself may be as long as the pause that it starts.
      failedAt = clock.instant();
      if (honoured) {
        return Optional.of(seen.value);
      }
      throw e;
    }
  }

  private Optional<ApiKey> read(String hash, Instant now) {
    // The time before the question, not after the answer: a revocation in between must still be
    // seen within the stated delay.
    Optional<ApiKey> found = lookup.find(hash);
    failedAt = Instant.EPOCH;
    if (found.isPresent()) {
      known.put(hash, new Seen<>(found.get(), now));
      unknown.remove(hash);
    } else {
      unknown.put(hash, new Seen<>(Boolean.TRUE, now));
      known.remove(hash);
    }
    return found;
  }

  private record Seen<T>(T value, Instant readAt) {}

  /** The least recently used entry makes room for the newest. */
  private static final class Cache<T> {
    private final Map<String, Seen<T>> entries;

    Cache(int atMost) {
      entries =
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Seen<T>> eldest) {
              return size() > atMost;
            }
          };
    }

    synchronized @Nullable Seen<T> get(String hash) {
      return entries.get(hash);
    }

    synchronized void put(String hash, Seen<T> entry) {
      entries.put(hash, entry);
    }

    synchronized void remove(String hash) {
      entries.remove(hash);
    }
  }
}
