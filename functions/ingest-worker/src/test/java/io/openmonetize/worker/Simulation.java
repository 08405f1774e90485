package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.LedgerEntry;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.SettledCalls;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One run of calls, proxy, queue, workers and store in simulated time, in which every choice comes
 * from the seed: where the proxy is killed, what the queue loses, repeats, delays and reorders,
 * where a worker is killed or another one comes in between, how the store fails, how far the index
 * lags and the clocks differ. The worker's code is the real one.
 */
final class Simulation {
  /** Mistakes that a run must find. Each breaks one thing that the ledger relies on. */
  enum Bug {
    NONE,
    /** A late settlement leaves no mark, as if {@link IntentDelay#mayMeet} were always false. */
    NO_MARKS,
    /** A due intent does not look for the call's event in the feed. */
    NO_LOOK,
    /** An event is put whatever lies under its key. */
    NO_CONDITIONS
  }

  private static final Pricing PRICES = PriceBook.bundled()::price;

  private static final List<Pricing> OTHER_PRICES =
      List.of(
          PRICES,
          event -> new Cost.Priced(new BigDecimal("0.07"), "dear"),
          event -> new Cost.Unpriced("gone", "none", new BigDecimal("0.01")));

  private static final Instant START = Instant.parse("2026-07-01T23:50:00Z");
  private static final IntentDelay DELAY = IntentDelay.DEFAULT;

  /** Index lag and both clocks' skew together stay below half of the delay. */
  private static final int LAG_SECONDS_AT_MOST = 90;

  private static final int SKEW_SECONDS_AT_MOST = 60;

  private record Message(String body, Instant visibleAt) {}

  private final Random random;
  private final Bug bug;
  private final MemoryStore store;
  private final List<Message> queue = new ArrayList<>();
  private final List<QueueMessage> log = new ArrayList<>();
  private final Map<String, Long> served = new HashMap<>();
  private final Map<String, Long> reported = new HashMap<>();
  private final Set<String> withdrawn = new HashSet<>();
  private final Set<String> settled = new HashSet<>();
  private final Set<String> announced = new HashSet<>();
  private final Set<String> begun = new HashSet<>();
  private Instant now = START;
  private boolean calm;
  private int depth;

  Simulation(long seed, Bug bug) {
    this.random = new Random(seed);
    this.bug = bug;
    this.store = new MemoryStore(this::fault, this::listedAt, () -> now, this::letOthersWork);
    store.ignoresConditions = bug == Bug.NO_CONDITIONS;
  }

  /** Runs to the end, and checks. */
  void run() {
    int calls = 1 + random.nextInt(12);
    for (int i = 0; i < calls; i++) {
      call(Calls.of("r" + i, now.plusSeconds(skew())), "msg_" + i);
      now = now.plusSeconds(random.nextInt(90));
      while (random.nextInt(3) == 0) {
        deliver();
      }
      if (random.nextInt(4) == 0) {
        rerate();
      }
    }
    drain();
    check();
    calm = true;
    replay();
    drain();
    checkAfterReplay();
  }

  /** The proxy's steps. Between any two of them it may be killed. */
  private void call(Calls call, String ownAnswer) {
    boolean again = !served.isEmpty() && random.nextInt(5) == 0;
    String answer = again ? pick(served.keySet()) : ownAnswer;
    QueueMessage intent = new QueueMessage.Intent(call.intent(DELAY.due(call.startedAt())));
    boolean announceFirst = random.nextBoolean();
    begun.add(call.requestId());
    log.add(intent);
    if (killed()) {
      return;
    }
    if (announceFirst) {
      announce(call, intent);
    }
    if (killed()) {
      return;
    }
    if (random.nextInt(10) == 0) {
      log.add(new QueueMessage.Withdrawal("acme", call.requestId()));
      withdrawn.add(call.requestId());
      if (!killed()) {
        send(log.getLast());
      }
      return;
    }
    long tokens = served.computeIfAbsent(answer, a -> 1L + random.nextInt(1000));
    if (killed()) {
      return;
    }
    if (!announceFirst) {
      announce(call, intent);
    }
    if (killed()) {
      return;
    }
    if (random.nextInt(4) == 0) {
      reportBySdk(call, answer, tokens);
    }
    UsageEvent told =
        switch (random.nextInt(4)) {
          case 0 -> call.queued(answer);
          case 1 -> call.timedOut();
          default -> call.answered(answer, UsageStatus.EXACT, tokens);
        };
    log.add(new QueueMessage.Event(told));
    if (!killed() && send(log.getLast())) {
      settled.add(call.requestId());
    }
  }

  /** The application counts the same answer with an SDK, a little differently. */
  private void reportBySdk(Calls call, String answer, long tokens) {
    long counted = reported.getOrDefault(answer, tokens + 1 + random.nextInt(9));
    if (send(new QueueMessage.Event(call.reportedBySdk(answer, counted)))) {
      reported.put(answer, counted);
    }
  }

  private void announce(Calls call, QueueMessage intent) {
    if (send(intent)) {
      announced.add(call.requestId());
    }
  }

  private boolean killed() {
    return random.nextInt(12) == 0;
  }

  /** False when the queue did not take it; true, and twice, when only its answer was lost. */
  private boolean send(QueueMessage message) {
    if (random.nextInt(12) == 0) {
      return false;
    }
    int copies = random.nextInt(8) == 0 ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      enqueue(message);
    }
    return true;
  }

  private void enqueue(QueueMessage message) {
    Duration delay =
        switch (message) {
          case QueueMessage.Intent(var call) ->
              least(Duration.ofMinutes(15), Duration.between(now, call.due()));
          // Most at once; some only after the intent was due, or just then.
          case QueueMessage.Event _, QueueMessage.Withdrawal _ ->
              switch (random.nextInt(6)) {
                case 0 -> DELAY.delay().plusSeconds(random.nextInt(240) - 120);
                case 1 -> Duration.ofSeconds(random.nextInt(3600));
                default -> Duration.ofSeconds(random.nextInt(5));
              };
        };
    Instant visible = now.plus(delay);
    queue.add(new Message(QueueMessageJson.write(message), visible));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void drain() {
    for (int i = 0; !queue.isEmpty(); i++) {
      assertThat(i).as("deliveries until the queue is empty").isLessThan(5_000);
      Instant next = queue.stream().map(Message::visibleAt).min(Instant::compareTo).orElseThrow();
      if (next.isAfter(now)) {
        now = next;
      }
      deliver();
    }
  }

  /** One batch to one worker, which may be killed; what it does not delete comes again. */
  private void deliver() {
    List<Message> visible =
        new ArrayList<>(queue.stream().filter(m -> !m.visibleAt.isAfter(now)).toList());
    if (visible.isEmpty()) {
      return;
    }
    Collections.shuffle(visible, random);
    List<Message> batch = visible.subList(0, 1 + random.nextInt(Math.min(visible.size(), 6)));
    batch.forEach(queue::remove);
    List<Message> left = new ArrayList<>(batch);
    try {
      Set<Integer> failed = new HashSet<>();
      worker()
          .book(
              Messages.ofBodies(batch.stream().map(Message::body).toList()),
              Times.left(Duration.ofMinutes(1)))
          .forEach(id -> failed.add(Integer.valueOf(id)));
      left.clear();
      for (int i = 0; i < batch.size(); i++) {
        if (failed.contains(i) || !calm && random.nextInt(10) == 0) {
          left.add(batch.get(i));
        }
      }
    } catch (MemoryStore.Crash e) {
      // All of the batch comes again.
    }
    for (Message message : left) {
      queue.add(new Message(message.body, now.plusSeconds(5 + random.nextInt(180))));
    }
  }

  private WorkerFunction worker() {
    Clock clock = Clock.fixed(now.plusSeconds(skew()), ZoneOffset.UTC);
    IntentDelay delay = bug == Bug.NO_MARKS ? new IntentDelay(Duration.ofDays(365)) : DELAY;
    Booking booking =
        new Booking(
            store,
            "usage",
            UsageLayout.DEFAULT,
            PRICES,
            delay,
            Retention.FOR_EVER,
            new WithoutPauses(random));
    Intents.Listed feed =
        bug == Bug.NO_LOOK ? (c, t, id) -> false : new SettledCalls(store, "usage")::lists;
    return new WorkerFunction(
        new Ledger(booking),
        new Intents(feed, (intent, at) -> enqueue(intent)),
        (message, cause, hopeless) -> false,
        PRICES,
        clock,
        new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, clock));
  }

  /** Some events are given other costs, as other workers change them. */
  private void rerate() {
    List<LedgerEntry.Event> listed = new ArrayList<>();
    for (Map<String, AttributeValue> item : store.listed()) {
      if (random.nextBoolean() && LedgerEntry.of(item) instanceof LedgerEntry.Event event) {
        listed.add(event);
      }
    }
    Corrections corrections =
        new Corrections(
            store,
            "usage",
            UsageLayout.DEFAULT,
            Corrections.costs(
                OTHER_PRICES.get(random.nextInt(OTHER_PRICES.size())), random.nextBoolean()),
            Clock.fixed(now.plusSeconds(skew()), ZoneOffset.UTC),
            new WithoutPauses(random));
    try {
      corrections.carryOut(
          listed.stream().flatMap(event -> corrections.due(event).stream()).toList(),
          () -> Duration.ofMinutes(1),
          new ReratingTally());
    } catch (MemoryStore.Crash e) {
      // The run is started again, or not.
    }
  }

  private void letOthersWork() {
    if (depth == 0 && !calm && random.nextInt(4) == 0) {
      depth++;
      try {
        if (random.nextInt(4) == 0) {
          rerate();
        } else {
          deliver();
        }
      } finally {
        depth--;
      }
    }
  }

  private MemoryStore.Fault fault() {
    if (calm || random.nextInt(3) > 0) {
      return MemoryStore.Fault.NONE;
    }
    return MemoryStore.Fault.values()[random.nextInt(MemoryStore.Fault.values().length)];
  }

  private Instant listedAt() {
    return now.plusSeconds(random.nextInt(LAG_SECONDS_AT_MOST));
  }

  private int skew() {
    return random.nextInt(2 * SKEW_SECONDS_AT_MOST) - SKEW_SECONDS_AT_MOST;
  }

  private String pick(Set<String> names) {
    List<String> sorted = new ArrayList<>(new TreeSet<>(names));
    return sorted.get(random.nextInt(sorted.size()));
  }

  /**
   * As {@code ./om replay}: every record and withdrawal, and the starts of which nothing more is
   * logged.
   */
  private void replay() {
    Set<String> ended = new HashSet<>(withdrawn);
    for (QueueMessage message : log) {
      if (message instanceof QueueMessage.Event(UsageEvent event)) {
        ended.add(event.eventId());
        enqueue(message);
      } else if (message instanceof QueueMessage.Withdrawal) {
        enqueue(message);
      }
    }
    for (QueueMessage message : log) {
      if (message instanceof QueueMessage.Intent(var call) && !ended.contains(call.requestId())) {
        enqueue(message);
      }
    }
  }

  private void check() {
    Set<String> unaccounted = new TreeSet<>(announced);
    unaccounted.removeAll(settled);
    // A withdrawal may be lost; the log tells it, and the call is shown until then.
    Set<String> sure = new TreeSet<>(unaccounted);
    sure.removeAll(withdrawn);
    assertThat(unaccounted()).containsAll(sure).isSubsetOf(unaccounted);
    checkTokens(settled);
  }

  private void checkAfterReplay() {
    Set<String> logged = new TreeSet<>();
    log.forEach(
        message -> {
          if (message instanceof QueueMessage.Event(UsageEvent event)) {
            logged.add(event.eventId());
          }
        });
    Set<String> unaccounted = new TreeSet<>(begun);
    unaccounted.removeAll(logged);
    unaccounted.removeAll(withdrawn);
    assertThat(unaccounted()).isEqualTo(unaccounted);
    checkTokens(logged);
  }

  private Set<String> unaccounted() {
    Set<String> ids = new TreeSet<>();
    for (StoredEvent stored : LedgerAudit.check(store.items())) {
      if (stored.event().call().status() == CallStatus.UNACCOUNTED) {
        ids.add(stored.event().eventId());
      }
    }
    return ids;
  }

  /**
   * What the provider served and these calls told, each answer once; and of an answer that none of
   * them told, what an SDK did.
   */
  private void checkTokens(Set<String> calls) {
    Set<String> answers = new HashSet<>();
    for (QueueMessage message : log) {
      if (message instanceof QueueMessage.Event(UsageEvent event)
          && calls.contains(event.eventId())
          && event.usage().status() == UsageStatus.EXACT) {
        answers.add(((EventIdentity.ByResponse) event.identity()).responseId());
      }
    }
    long expected =
        answers.stream().mapToLong(served::get).sum()
            + reported.entrySet().stream()
                .filter(report -> !answers.contains(report.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    long booked =
        LedgerAudit.check(store.items()).stream()
            .mapToLong(s -> s.event().usage().tokens().get(TokenClass.INPUT))
            .sum();
    assertThat(booked).as("tokens booked").isEqualTo(expected);
  }

  /** Pauses are the only longs with a bound that the ledger asks for; here they take no time. */
  private record WithoutPauses(Random random) implements RandomGenerator {
    @Override
    public long nextLong() {
      return random.nextLong();
    }

    @Override
    public int nextInt(int bound) {
      return random.nextInt(bound);
    }

    @Override
    public long nextLong(long bound) {
      return 0;
    }
  }
}
