package io.openmonetize.worker;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.logging.Log;
import io.openmonetize.storage.StoredEvent;
import java.util.List;

/** Says in the log what became of a batch, and names what an operator should look at. */
final class BatchReport {
  private BatchReport() {}

  /**
   * @param failed how many messages come again, unreadable ones with them
   */
  static void write(Log log, List<StoredEvent> events, List<Outcome> outcomes, int failed) {
    int recorded = 0;
    int improved = 0;
    int repeated = 0;
    int conflicts = 0;
    int unaccounted = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      UsageEvent event = events.get(i).event();
      switch (outcomes.get(i)) {
        case Outcome.Recorded() -> {
          recorded++;
          if (event.call().status() == CallStatus.UNACCOUNTED) {
            unaccounted++;
            log.warn("call.unaccounted", "request_id", event.eventId(), "customer_id", of(event));
          }
        }
        case Outcome.Improved() -> improved++;
        case Outcome.Duplicate(), Outcome.Superseded() -> repeated++;
        case Outcome.Conflict() -> {
          conflicts++;
          log.warn("event.conflict", "event_id", event.eventId(), "customer_id", of(event));
        }
        case Outcome.Expired() ->
            log.error("event.expired", "event_id", event.eventId(), "customer_id", of(event));
        case Outcome.NotRecorded(String cause) ->
            log.error(
                "event.not_recorded",
                "event_id",
                event.eventId(),
                "customer_id",
                of(event),
                "cause",
                cause);
      }
    }
    log.info(
        "batch.booked",
        "recorded",
        recorded,
        "improved",
        improved,
        "duplicates",
        repeated,
        "conflicts",
        conflicts,
        "unaccounted",
        unaccounted,
        "failed",
        failed);
  }

  private static String of(UsageEvent event) {
    return event.attribution().customerId();
  }
}
