package io.openmonetize.sdk.delivery;

import io.openmonetize.sdk.OpenMonetizeLogger;
import io.openmonetize.sdk.delivery.Answer.Refusal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What delivery says, and how often. No line holds what an event or an answer says but words of a
 * form that no text of a user has.
 */
final class DeliveryLog {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,63}");
  private static final long OFTEN = TimeUnit.SECONDS.toNanos(10);
  private static final long SELDOM = TimeUnit.MINUTES.toNanos(1);

  private final OpenMonetizeLogger log;
  private final Throttle full;
  private final Throttle closed;
  private final Throttle waiting;
  private final Throttle refused;
  private final Throttle givenUp;
  private final Throttle notAllowed;
  private final Throttle faults;

  DeliveryLog(OpenMonetizeLogger log, Pacer pacer) {
    this.log = log;
    this.full = new Throttle(pacer, OFTEN);
    this.closed = new Throttle(pacer, OFTEN);
    this.waiting = new Throttle(pacer, OFTEN);
    this.refused = new Throttle(pacer, OFTEN);
    this.givenUp = new Throttle(pacer, OFTEN);
    this.notAllowed = new Throttle(pacer, SELDOM);
    this.faults = new Throttle(pacer, SELDOM);
  }

  void full() {
    long events = full.count();
    if (events > 0) {
      log.warn("The queue is full: " + events + " event(s) dropped since this was last said");
    }
  }

  void closed() {
    long events = closed.count();
    if (events > 0) {
      log.warn("The client is closed: " + events + " event(s) dropped");
    }
  }

  void sent(int events) {
    log.debug("Ingestion has taken " + events + " event(s)");
  }

  void waiting(int events, String cause, int tries, long milliseconds) {
    String line =
        "Ingestion " + cause + "; " + events + " event(s) go again in " + milliseconds + " ms";
    if (waiting.count() > 0) {
      log.warn(line);
    } else {
      log.debug(line + ", after " + (tries + 1) + " tries");
    }
  }

  void refused(QueuedEvent event, Refusal refusal) {
    long events = refused.count();
    if (events > 0) {
      log.error(
          "Ingestion refused "
              + events
              + " event(s), the last "
              + event.eventId()
              + ": "
              + word(refusal.code())
              + " "
              + word(refusal.field()));
    }
  }

  void givenUp(int events, String cause) {
    if (givenUp.count() > 0) {
      log.error("Gave up on " + events + " event(s): ingestion " + cause);
    }
  }

  void notAllowed(Refusal refusal) {
    long requests = notAllowed.count();
    if (requests > 0) {
      log.error(
          "The API key may not report events ("
              + word(refusal.code())
              + "): "
              + requests
              + " request(s) refused since this was last said, their events failed");
    }
  }

  void left(long events) {
    log.warn(events + " event(s) were not delivered before the client ended");
  }

  void backlogUnreadable(IOException cause) {
    log.error("A segment of the spool cannot be read and is left: " + cause);
  }

  void fault(Throwable cause) {
    if (faults.count() > 0) {
      log.error("A fault of the client while sending: " + cause.getClass().getName());
    }
  }

  private static String word(String text) {
    return WORD.matcher(text).matches() ? text : "";
  }
}
