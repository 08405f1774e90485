package io.openmonetize.worker;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.lambda.SqsBatch;
import java.util.ArrayList;
import java.util.List;

/** Batches as the queue's event source gives them to the function. */
final class Messages {
  private Messages() {}

  /** Each message's id is its place in the list. */
  static SqsBatch of(List<UsageEvent> events) {
    return ofBodies(events.stream().map(UsageEventJson::write).toList());
  }

  static SqsBatch ofBodies(List<String> bodies) {
    List<SqsBatch.Message> messages = new ArrayList<>();
    for (String body : bodies) {
      messages.add(message(Integer.toString(messages.size()), body));
    }
    return new SqsBatch(messages);
  }

  static SqsBatch.Message message(String id, String body) {
    return new SqsBatch.Message(id, body, 1);
  }
}
