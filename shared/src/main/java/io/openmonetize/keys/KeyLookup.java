package io.openmonetize.keys;

import java.util.Optional;

/** Finds a key by its hash. */
@FunctionalInterface
public interface KeyLookup {
  /**
   * @throws KeyStoreUnavailableException when the store gave no answer
   */
  Optional<ApiKey> find(String hash);
}
