package io.openmonetize.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields that an object of a batch gives twice. JSON leaves open which of the two counts, and a
 * meter must not choose; but one such event is no reason to refuse the others.
 *
 * @param outside whether there is one outside of the events
 * @param inEvents by the event's place in the batch, the event's own field which is repeated or in
 *     which one is
 */
record RepeatedFields(boolean outside, Map<Integer, String> inEvents) {
  /** The batch's object, its list of events, and the event. */
  private static final int DEPTH_OF_EVENTS = 3;

  /** An object or a list that is being read. */
  private static final class Level {
    final boolean list;
    final Set<String> names = new HashSet<>();
    @Nullable String name;
    int index = -1;

    Level(boolean list) {
      this.list = list;
    }
  }

  static RepeatedFields in(byte[] json) throws IOException {
    boolean outside = false;
    Map<Integer, String> inEvents = new HashMap<>();
    Deque<Level> levels = new ArrayDeque<>();
    try (JsonParser parser = Json.parser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          Level level = levels.getLast();
          level.name = parser.currentName();
          if (!level.names.add(level.name)) {
            Level[] path = levels.toArray(new Level[0]);
            if (isInEvent(path)) {
              inEvents.putIfAbsent(path[1].index, String.valueOf(path[2].name));
            } else {
              outside = true;
            }
          }
        } else if (token.isStructEnd()) {
          levels.removeLast();
        } else {
          if (!levels.isEmpty() && levels.getLast().list) {
            levels.getLast().index++;
          }
          if (token.isStructStart()) {
            levels.addLast(new Level(token == JsonToken.START_ARRAY));
          }
        }
      }
    }
    return new RepeatedFields(outside, inEvents);
  }

  private static boolean isInEvent(Level[] path) {
    return path.length >= DEPTH_OF_EVENTS
        && "events".equals(path[0].name)
        && path[1].list
        && !path[2].list;
  }
}
