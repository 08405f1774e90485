package io.openmonetize.queue;

import io.openmonetize.events.CallIntent;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.queue.LoggedRecords.Found;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends what a log holds to the usage queue again: the last resort when the queue was down. The
 * ledger books each event once, so a log may be replayed whole, and as often as one likes. A call
 * that has a start in the log and nothing after it is announced again, and becomes unaccounted if
 * the ledger does not know it either; one that reached no provider is withdrawn again.
 */
public final class LogReplay {
  private static final int SENT_AT_ONCE = 50;

  /**
   * @param sent events that the queue has now
   * @param announced calls of which the log has only the start
   * @param withdrawn calls that reached no provider
   * @param refused of all these, how many the queue did not take
   * @param malformed lines with a record that is cut off or altered, by their number from 1
   */
  public record Report(int sent, int announced, int withdrawn, int refused, List<Long> malformed) {}

  private record Withdrawn(Found.Unreached call, long line) {}

  private final UsageQueue queue;
  private final Clock clock;
  private final List<UsageEvent> waiting = new ArrayList<>();
  private final Map<String, CallIntent> started = new LinkedHashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final List<Withdrawn> unreached = new ArrayList<>();
  private final List<Long> malformed = new ArrayList<>();
  private int sent;
  private int refused;

  private LogReplay(UsageQueue queue, Clock clock) {
    this.queue = queue;
    this.clock = clock;
  }

  public static Report run(BufferedReader log, UsageQueue queue, Clock clock) throws IOException {
    LogReplay replay = new LogReplay(queue, clock);
    long number = 0;
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      number++;
      for (Found found : LoggedRecords.in(line)) {
        replay.take(found, number);
      }
    }
    replay.sendWaiting();
    return replay.tellTheRest();
  }

  private void take(Found found, long line) {
    switch (found) {
      case Found.Used(UsageEvent event) -> {
        ended.add(event.eventId());
        waiting.add(event);
        if (waiting.size() == SENT_AT_ONCE) {
          sendWaiting();
        }
      }
      case Found.Started(CallIntent call) -> started.put(call.requestId(), call);
      case Found.Unreached never -> {
        ended.add(never.requestId());
        unreached.add(new Withdrawn(never, line));
      }
      case Found.Malformed() -> malformed.add(line);
    }
  }

  private void sendWaiting() {
    int failed = queue.sendAll(waiting).size();
    sent += waiting.size() - failed;
    refused += failed;
    waiting.clear();
  }

  private Report tellTheRest() {
    int withdrawn = 0;
    for (Withdrawn never : unreached) {
      String customerId = customerOf(never.call);
      if (customerId == null) {
        malformed.add(never.line);
      } else if (send(new QueueMessage.Withdrawal(customerId, never.call.requestId()))) {
        withdrawn++;
      }
    }
    started.keySet().removeAll(ended);
    int announced = 0;
    for (CallIntent call : started.values()) {
      if (send(new QueueMessage.Intent(call))) {
        announced++;
      }
    }
    return new Report(sent, announced, withdrawn, refused, List.copyOf(malformed));
  }

  /** Null where neither the line says it nor this log has the call's start. */
  private @Nullable String customerOf(Found.Unreached never) {
    CallIntent call = started.get(never.requestId());
    return never.customerId() != null || call == null
        ? never.customerId()
        : call.attribution().customerId();
  }

  private boolean send(QueueMessage aboutCall) {
    try {
      queue.send(aboutCall, clock.instant());
      return true;
    } catch (SdkException e) {
      refused++;
      return false;
    }
  }
}
