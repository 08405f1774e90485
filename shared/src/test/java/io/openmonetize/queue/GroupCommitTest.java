package io.openmonetize.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;

class GroupCommitTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Takes down what was carried; each request waits until it is let go. */
  private static class Gate implements GroupCommit.Carrier {
    final Queue<List<String>> requests = new ConcurrentLinkedQueue<>();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final Set<String> refusedBesideOthers = ConcurrentHashMap.newKeySet();

    @Override
    public void alone(Outgoing message) {
      carry(List.of(message));
    }

    @Override
    public Set<Integer> together(List<Outgoing> messages) {
      carry(messages);
      Set<Integer> refused = new HashSet<>();
      for (int i = 0; i < messages.size(); i++) {
        if (refusedBesideOthers.contains(messages.get(i).body())) {
          refused.add(i);
        }
      }
      return refused;
    }

    private void carry(List<Outgoing> messages) {
      requests.add(messages.stream().map(Outgoing::body).toList());
      begun.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw AbortedException.create("interrupted", e);
      }
    }
  }

  private final Gate gate = new Gate();
  private final GroupCommit commits = new GroupCommit(gate, LONG);
  private final List<Thread> senders = new ArrayList<>();

  @Test
  void send_whileARequestIsUnderWay_sharesTheNext() throws InterruptedException {
    start("first");
    gate.begun.await();
    for (String body : List.of("a", "b", "c")) {
      start(body);
    }
    gate.open.countDown();
    joinAll();

    assertThat(gate.requests).hasSize(2);
    assertThat(gate.requests.stream().toList().getLast()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void send_eventWhileAnIntentIsUnderWay_waitsNot() throws InterruptedException {
    Sending intent = commits.sendLater(message("intent", true), e -> {});
    gate.begun.await();
    start("event");
    awaitRequests(2);
    gate.open.countDown();
    joinAll();
    intent.await(LONG);

    assertThat(gate.requests).containsExactly(List.of("intent"), List.of("event"));
  }

  @Test
  void send_moreWaitingThanFitInOne_goAtOnceInAnotherRequest() throws InterruptedException {
    start("first");
    gate.begun.await();
    for (int i = 0; i < GroupCommit.ENTRIES_AT_MOST; i++) {
      start("m" + i);
    }
    awaitRequests(2);
    gate.open.countDown();
    joinAll();

    assertThat(gate.requests.stream().toList().getLast()).hasSize(GroupCommit.ENTRIES_AT_MOST);
  }

  @Test
  void send_refusedBesideOthers_isTriedAlone() throws InterruptedException {
    gate.refusedBesideOthers.add("b");
    start("first");
    gate.begun.await();
    start("a");
    start("b");
    gate.open.countDown();
    joinAll();

    assertThat(gate.requests).hasSize(3).contains(List.of("b"));
  }

  @Test
  void send_interruptedWhileItWaits_leavesTheLine() throws InterruptedException {
    start("first");
    gate.begun.await();
    var thrown = new ConcurrentLinkedQueue<RuntimeException>();
    Thread waiting = start("interrupted", thrown);
    waiting.interrupt();
    waiting.join();
    gate.open.countDown();
    joinAll();

    assertThat(thrown).singleElement().isInstanceOf(AbortedException.class);
    assertThat(gate.requests).containsExactly(List.of("first"));
  }

  @Test
  void send_othersRequestThatDoesNotEnd_goesAloneAfterAWhile() throws InterruptedException {
    GroupCommit hasty = new GroupCommit(gate, Duration.ofMillis(10));
    for (String body : List.of("first", "second")) {
      senders.add(Thread.ofVirtual().start(() -> hasty.send(message(body, false))));
      awaitRequests(senders.size());
    }
    gate.open.countDown();
    joinAll();

    assertThat(gate.requests).containsExactly(List.of("first"), List.of("second"));
  }

  @Test
  void send_requestThatFails_throwsWhatItThrew() {
    var failure = new IllegalStateException("down");
    GroupCommit broken = new GroupCommit(new Failing(failure), LONG);

    assertThatThrownBy(() -> broken.send(message("a", false))).isSameAs(failure);
    assertThatThrownBy(() -> broken.send(message("b", false))).isSameAs(failure);
  }

  @Test
  void sendLater_requestThatFails_tellsOnceAndIsOver() {
    var failure = new IllegalStateException("down");
    var told = new ConcurrentLinkedQueue<RuntimeException>();

    new GroupCommit(new Failing(failure), LONG)
        .sendLater(message("a", true), told::add)
        .await(LONG);

    assertThat(told).containsExactly(failure);
  }

  @Test
  void sendLater_senderThatThrowsOnFailure_costsNoOtherMessageItsEnd() throws InterruptedException {
    Gate failing =
        new Gate() {
          @Override
          public Set<Integer> together(List<Outgoing> messages) {
            super.together(messages);
            throw new IllegalStateException("down");
          }
        };
    GroupCommit tried = new GroupCommit(failing, LONG);
    Sending first = tried.sendLater(message("first", true), e -> {});
    failing.begun.await();
    Sending throwing =
        tried.sendLater(
            message("throwing", true),
            e -> {
              throw new IllegalArgumentException("the sender's own fault");
            });
    var told = new ConcurrentLinkedQueue<RuntimeException>();
    CountDownLatch heard = new CountDownLatch(1);
    tried.sendLater(
        message("other", true),
        e -> {
          told.add(e);
          heard.countDown();
        });
    failing.open.countDown();
    first.await(LONG);
    throwing.await(LONG);

    assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
    // And the line has not stopped: whoever is alone waits for nobody.
    tried.send(message("later", false));
    assertThat(failing.requests).contains(List.of("later"));
  }

  /**
   * Many senders, and requests and entries that fail at random: nobody waits for ever, or in error.
   */
  @Property(tries = 30)
  void send_failuresAtRandom_eachIsQueuedOrItsSenderKnows(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int threads)
      throws InterruptedException {
    Flaky flaky = new Flaky(seed);
    GroupCommit tried = new GroupCommit(flaky, Duration.ofMillis(seed % 2 == 0 ? 2 : 60_000));
    Set<String> failed = ConcurrentHashMap.newKeySet();
    AtomicInteger returned = new AtomicInteger();
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String name = "t" + t + "-";
      running.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 20; i++) {
                      String intent = name + i + "-intent";
                      Sending sending =
                          tried.sendLater(message(intent, true), _ -> failed.add(intent));
                      String event = name + i;
                      try {
                        tried.send(message(event, false));
                      } catch (IllegalStateException e) {
                        failed.add(event);
                      }
                      sending.await(LONG);
                      returned.addAndGet(2);
                    }
                  }));
    }
    for (Thread thread : running) {
      assertThat(thread.join(LONG)).isTrue();
    }

    assertThat(returned).hasValue(threads * 40);
    Set<String> known = new HashSet<>(flaky.queued);
    known.addAll(failed);
    assertThat(known).hasSize(threads * 40);
    assertThat(flaky.largest).hasValueLessThanOrEqualTo(GroupCommit.ENTRIES_AT_MOST);
  }

  private record Failing(RuntimeException failure) implements GroupCommit.Carrier {
    @Override
    public void alone(Outgoing message) {
      throw failure;
    }

    @Override
    public Set<Integer> together(List<Outgoing> messages) {
      throw failure;
    }
  }

  private static final class Flaky implements GroupCommit.Carrier {
    final Set<String> queued = ConcurrentHashMap.newKeySet();
    final AtomicInteger largest = new AtomicInteger();
    private final Random random;

    Flaky(long seed) {
      random = new Random(seed);
    }

    @Override
    public void alone(Outgoing message) {
      work();
      queued.add(message.body());
    }

    @Override
    public Set<Integer> together(List<Outgoing> messages) {
      largest.accumulateAndGet(messages.size(), Math::max);
      work();
      Set<Integer> refused = new HashSet<>();
      for (int i = 0; i < messages.size(); i++) {
        if (random.nextInt(5) == 0) {
          refused.add(i);
        } else {
          queued.add(messages.get(i).body());
        }
      }
      return refused;
    }

    private void work() {
      if (random.nextInt(3) == 0) {
        Thread.yield();
      }
      if (random.nextInt(6) == 0) {
        throw new IllegalStateException("a request that failed");
      }
    }
  }

  private void start(String body) throws InterruptedException {
    start(body, new ConcurrentLinkedQueue<>());
  }

  /** Returns when the message is under way or waits. */
  private Thread start(String body, Queue<RuntimeException> thrown) throws InterruptedException {
    Thread sender =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    commits.send(message(body, false));
                  } catch (RuntimeException e) {
                    thrown.add(e);
                  }
                });
    senders.add(sender);
    while (sender.getState() != Thread.State.WAITING
        && sender.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
    return sender;
  }

  private void awaitRequests(int count) throws InterruptedException {
    while (gate.requests.size() < count) {
      Thread.sleep(1);
    }
  }

  private void joinAll() throws InterruptedException {
    for (Thread sender : senders) {
      sender.join();
    }
  }

  private static Outgoing message(String body, boolean patient) {
    return new Outgoing(body, body.length(), 0, "group", patient);
  }
}
