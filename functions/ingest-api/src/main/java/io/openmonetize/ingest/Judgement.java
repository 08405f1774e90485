package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.EventKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is thought of each event of a batch, by itself.
 *
 * @param good to be queued
 * @param duplicates repetitions within the batch, which count once
 * @param rejections the others, in the order of the batch
 */
record Judgement(List<Good> good, int duplicates, List<Rejection> rejections) {
  /** A good event and its place in the batch. */
  record Good(int index, UsageEvent event) {}

  static Judgement of(EventBatch batch, EventReader reader) {
    JsonNode events = batch.events();
    List<Good> good = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    Map<EventKey, UsageEvent> seen = new HashMap<>();
    int duplicates = 0;
    for (int i = 0; i < events.size(); i++) {
      try {
        batch.requireSaidOnce(i);
        UsageEvent event = reader.read(events.get(i));
        UsageEvent first = seen.putIfAbsent(key(event), event);
        if (first == null) {
          good.add(new Good(i, event));
        } else if (EventItem.sayTheSame(first, event)) {
          duplicates++;
        } else {
          throw new InvalidFieldException(
              "event_id",
              "Another event of this batch has the same identity and says other things");
        }
      } catch (InvalidFieldException e) {
        rejections.add(new Rejection(i, id(events.get(i)), e.field(), e.code(), e.reason()));
      }
    }
    return new Judgement(good, duplicates, rejections);
  }

  private static EventKey key(UsageEvent event) {
    return new EventKey(event.attribution().customerId(), event.identity());
  }

  /** As sent, whatever it is, so that the reporter knows which event is meant. */
  private static @Nullable String id(JsonNode reported) {
    String id = reported.path("event_id").textValue();
    return id == null || id.length() > EventReader.ID_BYTES_AT_MOST ? null : id;
  }
}
