package io.openmonetize.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the proxies have logged of their calls, by request id.
 *
 * @param started with the number under which its client knows the call
 * @param recorded calls whose settlement stands in the log
 * @param unreached calls that reached no provider
 * @param enqueueFailed settlements that the queue did not take
 */
record DrillLog(
    Map<String, Integer> started,
    Set<String> recorded,
    Set<String> unreached,
    Set<String> enqueueFailed) {
  static DrillLog read(List<String> lines) throws MalformedEventException {
    DrillLog log = new DrillLog(new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    for (String line : lines) {
      if (line.startsWith("{")) {
        log.take(line);
      }
    }
    return log;
  }

  private void take(String line) throws MalformedEventException {
    JsonNode json;
    try {
      json = TestSystem.JSON.readTree(line);
    } catch (JacksonException e) {
      // Where a process was killed while it wrote; replay reports the line.
      return;
    }
    switch (json.path("event").asText()) {
      case "call.start" -> {
        if (QueueMessageJson.read(json.path("intent").toString())
            instanceof QueueMessage.Intent(var call)) {
          started.put(call.requestId(), number(call.attribution().metadata()));
        }
      }
      case "usage.record" -> recorded.add(json.path("usage").path("event_id").asText());
      case "call.unreached" -> unreached.add(json.path("request_id").asText());
      case "usage.enqueue_failed" -> enqueueFailed.add(json.path("event_id").asText());
      default -> {}
    }
  }

  /** As the client wrote it into the call's metadata. */
  static int number(String metadata) {
    return Integer.parseInt(metadata.replaceAll("\\D", ""));
  }
}
