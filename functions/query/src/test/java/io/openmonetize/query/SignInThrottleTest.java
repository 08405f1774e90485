package io.openmonetize.query;

import static io.openmonetize.query.QuerySystem.NAME;
import static io.openmonetize.query.QuerySystem.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DynamoDbExtension.class)
class SignInThrottleTest {
  private static final String WRONG = "not the password";

  private final QuerySystem system;

  SignInThrottleTest(QuerySystem system) {
    this.system = system;
    system.accounts.ensure(NAME, PASSWORD);
  }

  @Test
  void signIn_afterTenFailuresOfAnAddress_isRefusedEvenWithTheRightPassword() {
    failFrom("198.51.100.7", 10);

    Reply reply = system.signIn(NAME, PASSWORD).from("198.51.100.7").send();

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.error()).isEqualTo("TOO_MANY_REQUESTS");
    // The clock stands 4 minutes and 56 seconds into the ten.
    assertThat(reply.header("retry-after")).isEqualTo("304");
  }

  @Test
  void signIn_afterTenFailuresWithTenNames_isRefusedAsWell() {
    for (int i = 0; i < 10; i++) {
      system.accounts.ensure("operator" + i, PASSWORD);
      system.signIn("operator" + i, WRONG).from("198.51.100.7").send();
    }

    assertThat(system.signIn(NAME, PASSWORD).from("198.51.100.7").send().status()).isEqualTo(429);
  }

  @Test
  void signIn_afterRetryAfter_worksAgain() {
    failFrom("198.51.100.7", 12);
    Reply refused = system.signIn(NAME, PASSWORD).from("198.51.100.7").send();

    system.clock.advance(Duration.ofSeconds(Long.parseLong(refused.header("retry-after"))));

    assertThat(system.signIn(NAME, PASSWORD).from("198.51.100.7").send().status()).isEqualTo(200);
  }

  @Test
  void signIn_fromAnotherAddress_isNotHeldBackByTheFirst() {
    failFrom("198.51.100.7", 12);

    assertThat(system.signIn(NAME, PASSWORD).from("203.0.113.9").send().status()).isEqualTo(200);
  }

  @Test
  void signIn_addressesOfOneIpv6Network_countTogether() {
    IntStream.range(0, 10).forEach(i -> failFrom("2001:db8:1:2::" + i, 1));

    assertThat(system.signIn(NAME, PASSWORD).from("2001:db8:1:2:ffff::1").send().status())
        .isEqualTo(429);
    assertThat(system.signIn(NAME, PASSWORD).from("2001:db8:1:3::1").send().status())
        .isEqualTo(200);
  }

  @Test
  void signIn_successes_areNeverCounted() {
    for (int i = 0; i < 12; i++) {
      assertThat(system.signIn(NAME, PASSWORD).send().status()).isEqualTo(200);
    }
  }

  @Test
  void signIn_nameGuessedFromManyAddresses_isRefusedToStrangers() {
    guessFromManyAddresses();

    assertThat(system.signIn(NAME, PASSWORD).from("203.0.113.9").send().status()).isEqualTo(429);
  }

  @Test
  void signIn_nameGuessedFromManyAddresses_staysOpenToAnAddressThatItKnows() {
    system.signIn(NAME, PASSWORD).from("203.0.113.9").send();

    guessFromManyAddresses();

    assertThat(system.signIn(NAME, PASSWORD).from("203.0.113.9").send().status()).isEqualTo(200);
  }

  @Test
  void signIn_manyAtTheSameMoment_getNoMoreThanTenGuesses() throws Exception {
    List<Callable<Integer>> guesses =
        IntStream.range(0, 40)
            .<Callable<Integer>>mapToObj(
                _ -> () -> system.signIn(NAME, WRONG).from("198.51.100.7").send().status())
            .toList();

    List<Integer> statuses;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      statuses = threads.invokeAll(guesses).stream().map(SignInThrottleTest::result).toList();
    }

    assertThat(statuses).filteredOn(status -> status == 401).hasSize(10);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(30);
  }

  private void guessFromManyAddresses() {
    IntStream.range(0, 4).forEach(i -> failFrom("198.51.100." + i, 8));
  }

  private void failFrom(String address, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(system.signIn(NAME, WRONG).from(address).send().status()).isIn(401, 429);
    }
  }

  private static int result(Future<Integer> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
