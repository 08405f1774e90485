package io.openmonetize.ingest;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.storage.Retention;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Judges the events of a batch one by one, and puts the good ones on the queue. */
final class Intake {
  /**
   * How many events go to the queue before its answer is looked at. When it takes none of them it
   * is down, and trying on would only use up the time in which the reporter can be told.
   */
  private static final int SLICE = 10;

  private final UsageQueue queue;
  private final Retention retention;
  private final Clock clock;

  Intake(UsageQueue queue, Retention retention, Clock clock) {
    this.queue = queue;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * What became of a batch.
   *
   * @param accepted how many events the queue has for good
   * @param duplicates how many repeated another one of the batch
   * @param rejections in the order of the batch
   */
  record Result(int accepted, int duplicates, List<Rejection> rejections) {
    boolean allForbidden() {
      return rejections.stream().allMatch(r -> r.code() == Rejection.Code.FORBIDDEN);
    }

    boolean someRetryable() {
      return rejections.stream().anyMatch(r -> r.code().retryable());
    }
  }

  Result take(EventBatch batch, ApiKey key) {
    Judgement judgement = Judgement.of(batch, new EventReader(key, clock.instant(), retention));
    List<Judgement.Good> refused = enqueue(judgement.good());
    List<Rejection> rejections = new ArrayList<>(judgement.rejections());
    for (Judgement.Good event : refused) {
      rejections.add(
          new Rejection(
              event.index(),
              event.event().eventId(),
              "",
              Rejection.Code.QUEUE_UNAVAILABLE,
              "Could not be queued; send it again"));
    }
    rejections.sort(Comparator.comparingInt(Rejection::index));
    return new Result(judgement.good().size() - refused.size(), judgement.duplicates(), rejections);
  }

  /** Gives back what the queue did not take. */
  private List<Judgement.Good> enqueue(List<Judgement.Good> good) {
    List<Judgement.Good> refused = new ArrayList<>();
    for (int start = 0; start < good.size(); start += SLICE) {
      List<Judgement.Good> slice = good.subList(start, Math.min(start + SLICE, good.size()));
      List<UsageEvent> events = slice.stream().map(Judgement.Good::event).toList();
      Set<Integer> failed = queue.sendAll(events);
      failed.forEach(index -> refused.add(slice.get(index)));
      if (failed.size() == slice.size()) {
        refused.addAll(good.subList(start + slice.size(), good.size()));
        break;
      }
    }
    return refused;
  }
}
