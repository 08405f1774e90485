package io.openmonetize.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyVerifierTest {
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  private final Keys keys = new Keys();
  private final KeyVerifier verifier = new KeyVerifier("dev", keys, clock);
  private final KeyText text = KeyText.random("dev", new SecureRandom());

  @Test
  void verify_knownKey_isValid() {
    ApiKey key = keys.put(text, key(Set.of(Scope.PROXY), null, null, null));

    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.Valid(key));
  }

  @Test
  void verify_malformedKey_asksNobody() {
    assertThat(verifier.verify("om_dev_nonsense", Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.Malformed());
    assertThat(keys.asked).isZero();
  }

  @Test
  void verify_keyOfTheOtherStage_asksNobody() {
    String live = KeyText.random("live", new SecureRandom()).reveal();

    assertThat(verifier.verify(live, Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.WrongEnvironment());
    assertThat(keys.asked).isZero();
  }

  @Test
  void verify_unknownKey_isAskedForOnceInTheDelay() {
    verifier.verify(text.reveal(), Scope.PROXY, "acme");

    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.Unknown());
    assertThat(keys.asked).isEqualTo(1);
  }

  @Test
  void verify_revokedSinceLastSeen_isRefusedWithinTheStatedDelay() {
    keys.put(text, key(Set.of(Scope.PROXY), null, null, null));
    verifier.verify(text.reveal(), Scope.PROXY, "acme");
    keys.put(text, key(Set.of(Scope.PROXY), null, null, START.plusMillis(1)));

    clock.advance(KeyVerifier.MAX_REVOCATION_DELAY);

    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.Revoked());
  }

  @Test
  void verify_keyPastItsExpiry_isExpiredWhateverIsCached() {
    keys.put(text, key(Set.of(Scope.PROXY), null, START.plusSeconds(5), null));
    verifier.verify(text.reveal(), Scope.PROXY, "acme");

    clock.advance(Duration.ofSeconds(5));

    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.Expired());
  }

  @Test
  void verify_withoutTheScope_saysWhichIsMissing() {
    keys.put(text, key(Set.of(Scope.READ), null, null, null));

    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.ScopeMissing(Scope.PROXY));
  }

  @Test
  void verify_boundKeyForAnotherCustomer_isRefused() {
    keys.put(text, key(Set.of(Scope.PROXY), "acme", null, null));

    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "globex"))
        .isEqualTo(new KeyVerdict.OtherCustomer());
    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isInstanceOf(KeyVerdict.Valid.class);
  }

  @Test
  void verify_storeDownAndKeySeenBefore_staysHonouredUpToTheLimit() {
    keys.put(text, key(Set.of(Scope.PROXY), null, null, null));
    verifier.verify(text.reveal(), Scope.PROXY, "acme");
    keys.down = true;

    clock.advance(KeyVerifier.STALE_LIMIT.minusSeconds(1));
    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isInstanceOf(KeyVerdict.Valid.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.Unavailable());
  }

  @Test
  void verify_storeDownAndKeySeenBefore_isAskedForOnceInThePause() {
    keys.put(text, key(Set.of(Scope.PROXY), null, null, null));
    verifier.verify(text.reveal(), Scope.PROXY, "acme");
    keys.down = true;
    clock.advance(KeyVerifier.MAX_REVOCATION_DELAY);
    keys.asked = 0;

    for (int i = 0; i < 3; i++) {
      assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
          .isInstanceOf(KeyVerdict.Valid.class);
    }
    assertThat(keys.asked).isEqualTo(1);
    clock.advance(KeyVerifier.ASK_AGAIN_AFTER);
    keys.down = false;
    keys.put(text, key(Set.of(Scope.PROXY), null, null, START));
    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.Revoked());
    assertThat(keys.asked).isEqualTo(2);
  }

  @Test
  void verify_storeDownAndKeyNeverSeen_isUnavailable() {
    keys.down = true;

    assertThat(verifier.verify(text.reveal(), Scope.PROXY, "acme"))
        .isEqualTo(new KeyVerdict.Unavailable());
  }

  @Test
  void verify_floodOfUnknownKeys_leavesTheGoodOneCached() {
    keys.put(text, key(Set.of(Scope.PROXY), null, null, null));
    verifier.verify(text.reveal(), Scope.PROXY, "acme");
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 20_000; i++) {
      verifier.verify(KeyText.random("dev", random).reveal(), Scope.PROXY, "acme");
    }
    int askedBefore = keys.asked;

    verifier.verify(text.reveal(), Scope.PROXY, "acme");

    assertThat(keys.asked).isEqualTo(askedBefore);
  }

  private static ApiKey key(
      Set<Scope> scopes,
      @Nullable String customerId,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {
    return new ApiKey(
        "k1", "test", "om_dev_x", "dev", scopes, customerId, START, "op", expiresAt, revokedAt);
  }

  /** A store in memory that counts the questions and can be down. */
  private static final class Keys implements KeyLookup {
    private final Map<String, ApiKey> byHash = new HashMap<>();
    private int asked;
    private boolean down;

    ApiKey put(KeyText text, ApiKey key) {
      byHash.put(text.hash(), key);
      return key;
    }

    @Override
    public Optional<ApiKey> find(String hash) {
      asked++;
      if (down) {
        throw new KeyStoreUnavailableException("down", new RuntimeException());
      }
      return Optional.ofNullable(byHash.get(hash));
    }
  }

  private static final class SettableClock extends Clock {
    private Instant now;

    SettableClock(Instant now) {
      this.now = now;
    }

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
