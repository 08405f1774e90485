package io.openmonetize.sdk.delivery;

import io.openmonetize.sdk.delivery.Answer.Judged;
import io.openmonetize.sdk.delivery.Answer.NotAllowed;
import io.openmonetize.sdk.delivery.Answer.Refusal;
import io.openmonetize.sdk.delivery.Answer.SomethingWrong;
import io.openmonetize.sdk.delivery.Answer.TryLater;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The one thread that sends: a batch at a time, until each of its events is settled. */
final class Sender implements Runnable {
  private final DeliverySettings settings;
  private final DeliveryQueue queue;
  private final Backlog backlog;
  private final Exchange exchange;
  private final RetryDelay delay;
  private final DeliveryLog log;

  /** Some events of a batch and how often they were sent. */
  private record Attempt(List<QueuedEvent> events, int tries) {}

  Sender(
      DeliverySettings settings,
      DeliveryQueue queue,
      Backlog backlog,
      Exchange exchange,
      RandomGenerator random,
      DeliveryLog log) {
    this.settings = settings;
    this.queue = queue;
    this.backlog = backlog;
    this.exchange = exchange;
    this.delay = new RetryDelay(random);
    this.log = log;
  }

  @Override
  public void run() {
    try {
      List<QueuedEvent> batch = queue.take();
      while (batch != null) {
        deliverGuarded(batch);
        batch = queue.take();
      }
    } finally {
      // However the thread ends: nobody is to wait for it, or to be told that events are on the
      // way.
      queue.close();
      queue.stop();
    }
  }

  private List<QueuedEvent> nextOfBacklog() {
    List<QueuedEvent> batch;
    try {
      batch = backlog.next(settings.maxBatchSize(), DeliverySettings.EVENTS_BYTES_AT_MOST);
    } catch (IOException e) {
      // One segment; there may be others.
      log.backlogUnreadable(e);
      return List.of();
    }
    if (batch.isEmpty()) {
      queue.endBacklog();
    }
    queue.takeFromBacklog(batch);
    return batch;
  }

  /**
   * The thread outlives a fault of its own.
   *
   * @param batch empty for one of the backlog
   */
  private void deliverGuarded(List<QueuedEvent> batch) {
    try {
      deliver(batch.isEmpty() ? nextOfBacklog() : batch);
    } catch (RuntimeException | Error e) {
      queue.failInFlight("internal_error", e.getClass().getSimpleName());
      log.fault(e);
    }
  }

  private void deliver(List<QueuedEvent> batch) {
    Deque<Attempt> left = new ArrayDeque<>();
    left.push(new Attempt(batch, 0));
    while (!left.isEmpty()) {
      Attempt attempt = left.pop();
      if (attempt.events().isEmpty()) {
        continue;
      }
      if (settings.apiKey() == null) {
        failKept(attempt.events(), "no_api_key", "No API key is set");
        continue;
      }
      if (!handle(attempt, exchange.send(attempt.events(), settings.apiKey()), left)) {
        return;
      }
    }
  }

  /**
   * @return false when the client has ended
   */
  private boolean handle(Attempt attempt, Answer answer, Deque<Attempt> left) {
    if (answer instanceof Judged judged) {
      List<QueuedEvent> again = settle(attempt.events(), judged);
      if (again.isEmpty() || judged.unavailable()) {
        return sendLater(
            new Attempt(again, attempt.tries()), "could not take all", judged.retryAfter(), left);
      }
      left.push(new Attempt(again, attempt.tries()));
      return true;
    }
    if (answer instanceof TryLater later) {
      return sendLater(attempt, later.cause(), later.retryAfter(), left);
    }
    if (answer instanceof NotAllowed not) {
      log.notAllowed(not.refusal());
      failKept(attempt.events(), not.refusal().code(), not.refusal().reason());
      return true;
    }
    isolate(attempt.events(), ((SomethingWrong) answer).ifAlone(), left);
    return true;
  }

  private List<QueuedEvent> settle(List<QueuedEvent> events, Judged judged) {
    List<QueuedEvent> again = new ArrayList<>();
    long duplicates = judged.duplicates();
    for (int i = 0; i < events.size(); i++) {
      QueuedEvent event = events.get(i);
      Refusal refusal = judged.refused().get(i);
      if (refusal != null) {
        refuse(event, refusal);
      } else if (judged.again().contains(i)) {
        again.add(event);
      } else {
        event.receipt().settle();
        queue.accept(event, duplicates-- > 0);
      }
    }
    log.sent(events.size() - judged.refused().size() - again.size());
    return again;
  }

  private void refuse(QueuedEvent event, Refusal refusal) {
    log.refused(event, refusal);
    event.receipt().settle();
    queue.fail(event, refusal.code(), refusal.reason());
  }

  /** Halves what has a bad event in it, until that one is alone. */
  private void isolate(List<QueuedEvent> events, Refusal ifAlone, Deque<Attempt> left) {
    if (events.size() == 1) {
      refuse(events.get(0), ifAlone);
      return;
    }
    int half = events.size() / 2;
    left.push(new Attempt(events.subList(half, events.size()), 0));
    left.push(new Attempt(events.subList(0, half), 0));
  }

  private boolean sendLater(
      Attempt attempt, String cause, @Nullable Duration retryAfter, Deque<Attempt> left) {
    if (attempt.events().isEmpty()) {
      return true;
    }
    if (attempt.tries() >= settings.maxRetries()) {
      log.givenUp(attempt.events().size(), cause);
      failKept(attempt.events(), "retries_exhausted", "Ingestion " + cause);
      return true;
    }
    long nanos = retryAfter == null ? delay.after(attempt.tries()) : retryAfter.toNanos();
    log.waiting(
        attempt.events().size(), cause, attempt.tries(), TimeUnit.NANOSECONDS.toMillis(nanos));
    left.push(new Attempt(attempt.events(), attempt.tries() + 1));
    return queue.pause(nanos, retryAfter != null);
  }

  /** Not the events' fault: a spool keeps them for the next start. */
  private void failKept(List<QueuedEvent> events, String code, String reason) {
    for (QueuedEvent event : events) {
      queue.fail(event, code, reason);
    }
  }
}
