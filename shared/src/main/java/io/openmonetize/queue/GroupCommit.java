package io.openmonetize.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Lets messages that come while a request to the queue is under way share the next one. Who sends
 * alone waits for nobody: a message waits only for a request that carries others like it, and a
 * call's event never for its intent.
 *
 * <p>The first request of a run is made by the thread that sends; those after it by a thread of
 * this class, so that no sender works for the others. Each sender hears of its own message.
 */
final class GroupCommit {
  /** SQS's limit for one SendMessageBatch. */
  static final int ENTRIES_AT_MOST = 10;

  /** SQS takes 1 MiB a request, all bodies together; this leaves room for the rest of it. */
  static final int BYTES_AT_MOST = 900_000;

  /** Requests at once, where more messages wait than fit in one. */
  static final int REQUESTS_AT_MOST = 4;

  private static final Duration THREAD_KEPT = Duration.ofSeconds(10);

  /** What takes messages to the queue. */
  interface Carrier {
    /** Throws where it is not known that the message got there. */
    void alone(Outgoing message);

    /**
     * @return the indexes of those that are to be tried alone, for they were refused
     * @throws RuntimeException where it is not known that any got there
     */
    Set<Integer> together(List<Outgoing> messages);
  }

  private enum State {
    WAITING,
    UNDER_WAY,
    QUEUED,
    FAILED,
    /** Refused beside others: its sender tries again with it alone. */
    REFUSED
  }

  private static final class Entry {
    final Outgoing message;
    final @Nullable Consumer<RuntimeException> failed;
    final CountDownLatch settled = new CountDownLatch(1);
    State state = State.WAITING;
    @Nullable RuntimeException cause;

    Entry(Outgoing message, @Nullable Consumer<RuntimeException> failed) {
      this.message = message;
      this.failed = failed;
    }
  }

  private final Carrier carrier;
  private final Duration patience;
  private final Object lock = new Object();
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final ThreadPoolExecutor threads;
  private int requests;
  private int requestsWithEvents;

  /**
   * @param patience how long a message waits for others' requests before its sender sends it alone
   */
  GroupCommit(Carrier carrier, Duration patience) {
    this.carrier = carrier;
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            REQUESTS_AT_MOST,
            REQUESTS_AT_MOST,
            THREAD_KEPT.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("queue-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Returns when the message is queued.
   *
   * @throws RuntimeException what the carrier threw; {@link AbortedException} where the thread was
   *     interrupted. The message may be queued all the same
   */
  void send(Outgoing message) {
    Entry entry = new Entry(message, null);
    List<Entry> batch = enter(entry);
    if (batch != null) {
      request(batch);
      handOver(batch);
    }
    try {
      if (!entry.settled.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        if (leave(entry)) {
          carrier.alone(message);
          return;
        }
        entry.settled.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leave(entry);
      throw AbortedException.create("Interrupted before the queue had the message", e);
    }
    if (entry.state == State.REFUSED) {
      carrier.alone(message);
    } else if (entry.cause != null) {
      throw entry.cause;
    }
  }

  /**
   * As {@link #send}, on another thread.
   *
   * @param failed gets what that would have thrown
   */
  Sending sendLater(Outgoing message, Consumer<RuntimeException> failed) {
    Entry entry = new Entry(message, failed);
    List<Entry> batch = enter(entry);
    if (batch != null) {
      onThread(() -> run(batch));
    }
    return atMost -> await(entry, atMost);
  }

  private void await(Entry entry, Duration atMost) {
    boolean longer = atMost.compareTo(patience) > 0;
    Duration first = longer ? patience : atMost;
    try {
      if (entry.settled.await(first.toNanos(), TimeUnit.NANOSECONDS) || !longer) {
        return;
      }
      if (leave(entry)) {
        alone(entry);
      } else {
        entry.settled.await(atMost.minus(first).toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the sender is to request at once, its own message in it; null where that waits. */
  private @Nullable List<Entry> enter(Entry entry) {
    synchronized (lock) {
      boolean now =
          requests == 0
              || (!entry.message.patient() && requestsWithEvents == 0)
              || (waiting.size() + 1 >= ENTRIES_AT_MOST && requests < REQUESTS_AT_MOST);
      if (now) {
        waiting.addFirst(entry);
        return take();
      }
      waiting.addLast(entry);
      return null;
    }
  }

  /** Takes a message back that waits. False where it no longer does. */
  private boolean leave(Entry entry) {
    synchronized (lock) {
      return entry.state == State.WAITING && waiting.remove(entry);
    }
  }

  /** With the lock: the next request's messages, which are under way from now on. */
  private List<Entry> take() {
    List<Entry> batch = new ArrayList<>();
    int bytes = 0;
    while (batch.size() < ENTRIES_AT_MOST && !waiting.isEmpty()) {
      bytes += waiting.getFirst().message.bytes();
      if (!batch.isEmpty() && bytes > BYTES_AT_MOST) {
        break;
      }
      Entry entry = waiting.removeFirst();
      entry.state = State.UNDER_WAY;
      batch.add(entry);
    }
    requests++;
    requestsWithEvents += hasEvents(batch) ? 1 : 0;
    return batch;
  }

  /** After a request: the next one's messages, or null where none waits for this one's end. */
  private @Nullable List<Entry> next(List<Entry> done) {
    synchronized (lock) {
      requests--;
      requestsWithEvents -= hasEvents(done) ? 1 : 0;
      boolean now =
          requests == 0
              || waiting.size() >= ENTRIES_AT_MOST
              || (requestsWithEvents == 0 && hasEvents(waiting));
      return waiting.isEmpty() || !now ? null : take();
    }
  }

  private static boolean hasEvents(Iterable<Entry> entries) {
    for (Entry entry : entries) {
      if (!entry.message.patient()) {
        return true;
      }
    }
    return false;
  }

  private void handOver(List<Entry> done) {
    List<Entry> batch = next(done);
    if (batch != null) {
      onThread(() -> run(batch));
    }
  }

  /** Where there can be no thread, here: what is under way must come to its end. */
  private void onThread(Runnable work) {
    try {
      threads.execute(work);
    } catch (RuntimeException | OutOfMemoryError e) {
      work.run();
    }
  }

  private void run(List<Entry> first) {
    for (List<Entry> batch = first; batch != null; batch = next(batch)) {
      request(batch);
    }
  }

  /** Does not throw: each sender hears of its own message. */
  private void request(List<Entry> batch) {
    try {
      Set<Integer> refused = Set.of();
      if (batch.size() == 1) {
        carrier.alone(batch.getFirst().message);
      } else {
        refused = carrier.together(batch.stream().map(entry -> entry.message).toList());
      }
      for (int i = 0; i < batch.size(); i++) {
        settle(batch.get(i), refused.contains(i) ? State.REFUSED : State.QUEUED, null);
      }
    } catch (RuntimeException e) {
      batch.forEach(entry -> settle(entry, State.FAILED, e));
    } catch (Error e) {
      batch.forEach(entry -> settle(entry, State.FAILED, new IllegalStateException(e)));
    }
  }

  private void settle(Entry entry, State state, @Nullable RuntimeException cause) {
    if (state == State.REFUSED && entry.failed != null) {
      onThread(() -> alone(entry));
      return;
    }
    entry.state = state;
    entry.cause = cause;
    if (entry.failed != null && cause != null) {
      tell(entry.failed, cause);
    }
    entry.settled.countDown();
  }

  /** What a sender's own code throws must cost no other message its end. */
  private static void tell(Consumer<RuntimeException> failed, RuntimeException cause) {
    try {
      failed.accept(cause);
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** A message that nobody sends for any more, and whose sender went on. */
  private void alone(Entry entry) {
    try {
      carrier.alone(entry.message);
      settle(entry, State.QUEUED, null);
    } catch (RuntimeException e) {
      settle(entry, State.FAILED, e);
    } catch (Error e) {
      settle(entry, State.FAILED, new IllegalStateException(e));
    }
  }
}
