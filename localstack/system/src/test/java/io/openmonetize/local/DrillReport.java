package io.openmonetize.local;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what the providers served, what the proxies logged and what the ledger holds, call by
 * call. Three laws, whatever was killed when:
 *
 * <ol>
 *   <li>The ledger's events are exactly the calls that the log has a start of, less those that
 *       reached no provider: each once.
 *   <li>Settled are exactly those whose settlement is in the log, with exactly the tokens that the
 *       provider stated in the answer of that id; unaccounted are exactly the others.
 *   <li>Each answer that a provider gave is settled under its id, or there is an unaccounted call
 *       of the same number for it.
 * </ol>
 */
final class DrillReport {
  private final List<DrillProviders.Served> served;
  private final DrillLog log;
  private final List<UsageEvent> events;
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private int booked;
  private int unaccounted;
  private int unaccountedServed;
  private long tokens;

  DrillReport(List<DrillProviders.Served> served, DrillLog log, List<UsageEvent> events) {
    this.served = served;
    this.log = log;
    this.events = events;
    compareWithLog();
    compareWithProviders();
  }

  /** Calls that neither queue, nor ledger, nor log knows. */
  List<String> lost() {
    return lost;
  }

  List<String> doubled() {
    return doubled;
  }

  /** Of another class than the log says, or with other tokens than were served. */
  List<String> wrong() {
    return wrong;
  }

  int booked() {
    return booked;
  }

  int unaccounted() {
    return unaccounted;
  }

  /** Lines of a table. */
  Map<String, String> rows(DrillClients clients, Set<String> beforeReplay) {
    Set<String> ids = new HashSet<>();
    events.forEach(event -> ids.add(event.eventId()));
    ids.removeAll(beforeReplay);
    long begun = served.stream().filter(DrillProviders.Served::begun).count();
    long complete = served.stream().filter(DrillProviders.Served::complete).count();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("calls that clients made", "" + clients.made());
    rows.put("of these, whole at the client", "" + clients.whole().size());
    rows.put("of these, failed at the client", "" + clients.failed());
    rows.put("calls that reached a provider", "" + served.size());
    rows.put("served: answers whose first byte was sent", "" + begun);
    rows.put("answers sent to the last byte", "" + complete);
    rows.put("booked, with exactly the tokens served", booked + " (" + tokens + " tokens)");
    rows.put("unaccounted", "" + unaccounted);
    rows.put("of these, reached a provider", "" + unaccountedServed);
    rows.put("settlements that the queue refused", "" + log.enqueueFailed().size());
    rows.put("in the log alone, until replayed", "" + ids.size());
    rows.put("lost", "" + lost.size());
    rows.put("doubled", "" + doubled.size());
    return rows;
  }

  private void compareWithLog() {
    Set<String> expected = new HashSet<>(log.started().keySet());
    expected.removeAll(log.unreached());
    Set<String> found = new HashSet<>();
    for (UsageEvent event : events) {
      String id = event.eventId();
      if (!found.add(id)) {
        doubled.add("call " + id + " is in the ledger twice");
      }
      if (!expected.contains(id)) {
        wrong.add("call " + id + " is in the ledger and was never started");
      }
      boolean settled = event.call().status() != CallStatus.UNACCOUNTED;
      if (settled != log.recorded().contains(id)) {
        wrong.add("call " + id + " is " + event.call().status() + ", unlike the log");
      }
    }
    expected.removeAll(found);
    expected.forEach(id -> lost.add("call " + id + " is in the log and not in the ledger"));
  }

  private void compareWithProviders() {
    Map<String, UsageEvent> byResponse = new HashMap<>();
    Map<Integer, Integer> unaccountedOf = new HashMap<>();
    for (UsageEvent event : events) {
      String response = event.call().providerResponseId();
      if (event.call().status() == CallStatus.UNACCOUNTED) {
        unaccounted++;
        unaccountedOf.merge(number(event), 1, Integer::sum);
      } else if (response == null) {
        wrong.add("call " + event.eventId() + " is settled without an answer");
      } else if (byResponse.put(response, event) != null) {
        doubled.add("answer " + response + " is booked twice");
      }
    }
    for (DrillProviders.Served answer : served) {
      UsageEvent event = byResponse.remove(answer.responseId());
      if (event != null) {
        check(answer, event);
      } else if (unaccountedOf.merge(answer.number(), -1, Integer::sum) >= 0) {
        unaccountedServed++;
      } else {
        lost.add("answer " + answer + " is neither booked nor unaccounted");
      }
    }
    byResponse.keySet().forEach(id -> wrong.add("answer " + id + " is booked, not served"));
  }

  private void check(DrillProviders.Served answer, UsageEvent event) {
    booked++;
    event.usage().tokens().byClass().values().forEach(count -> tokens += count);
    if (!answer.complete()
        || number(event) != answer.number()
        || event.usage().status() != UsageStatus.EXACT
        || !event.usage().tokens().equals(DrillProviders.tokens(answer.number()))) {
      wrong.add("answer " + answer + " is booked as " + event);
    }
  }

  private static int number(UsageEvent event) {
    return DrillLog.number(String.valueOf(event.attribution().metadata()));
  }
}
