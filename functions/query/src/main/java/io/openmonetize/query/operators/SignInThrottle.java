package io.openmonetize.query.operators;

import io.openmonetize.digest.Sha256;
import io.openmonetize.storage.OperatorTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Keeps the guessing of passwords slow.
 *
 * <p>Two counters: one for the network address, one for the name over all addresses that this
 * operator has not signed in from lately. The second would let a stranger keep an operator out by
 * failing on purpose; therefore it takes several addresses to reach, and an address that is known
 * for the name is not held to it. What is refused here is not counted, so no refusal prolongs
 * another.
 */
public final class SignInThrottle {
  static final Duration WINDOW = Duration.ofMinutes(10);
  static final int FAILURES_PER_ADDRESS = 10;
  static final int FAILURES_PER_NAME = 30;
  static final Duration ADDRESS_REMEMBERED = Duration.ofDays(90);

  private final FailureCounters counters;
  private final OperatorTable operators;
  private final Clock clock;

  public SignInThrottle(
      DynamoDbClient dynamoDb, String controlTable, OperatorTable operators, Clock clock) {
    this.counters = new FailureCounters(dynamoDb, controlTable, WINDOW);
    this.operators = operators;
    this.clock = clock;
  }

  /**
   * An attempt, which counts as a failure from the start: otherwise many at the same moment would
   * all find the limit not reached yet.
   */
  public final class Attempt {
    private final String name;
    private final String network;
    private final boolean countsForName;
    private final Instant begunAt;

    private Attempt(String name, String network, boolean countsForName, Instant begunAt) {
      this.name = name;
      this.network = network;
      this.countsForName = countsForName;
      this.begunAt = begunAt;
    }

    /** It was no failure: nothing stays counted, and the address is known from now on. */
    public void succeeded() {
      counters.takeBack(byAddress(network), begunAt);
      if (countsForName) {
        counters.takeBack(byName(name), begunAt);
      }
      operators.rememberAddress(name, Sha256.hex(network), begunAt.plus(ADDRESS_REMEMBERED));
    }
  }

  /** Empty when there were too many failures: then no password is to be looked at. */
  public Optional<Attempt> begin(String name, String sourceAddress) {
    Instant now = clock.instant();
    String network = SourceNetwork.of(sourceAddress);
    if (!counters.tryAdd(byAddress(network), FAILURES_PER_ADDRESS, now)) {
      return Optional.empty();
    }
    boolean known = operators.knowsAddress(name, Sha256.hex(network), now);
    if (!known && !counters.tryAdd(byName(name), FAILURES_PER_NAME, now)) {
      counters.takeBack(byAddress(network), now);
      return Optional.empty();
    }
    return Optional.of(new Attempt(name, network, !known, now));
  }

  /** How long until the failures of now no longer count. */
  public Duration retryAfter() {
    Instant now = clock.instant();
    return Duration.between(now, counters.windowEnd(now));
  }

  private static String byAddress(String network) {
    return "ADDRESS#" + Sha256.hex(network);
  }

  private static String byName(String name) {
    // Hashed: people type passwords into the field for the name.
    return "NAME#" + Sha256.hex(name);
  }
}
