package io.openmonetize.worker;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import java.util.ArrayList;
import java.util.List;

/** Batches as the queue's event source gives them to the function. */
final class Messages {
  private Messages() {}

  /** Each message's id is its place in the list. */
  static SQSEvent of(List<UsageEvent> events) {
    return ofBodies(events.stream().map(UsageEventJson::write).toList());
  }

  static SQSEvent ofBodies(List<String> bodies) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      messages.add(message(Integer.toString(messages.size()), body));
    }
    SQSEvent batch = new SQSEvent();
    batch.setRecords(messages);
    return batch;
  }

  static SQSEvent.SQSMessage message(String id, String body) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    return message;
  }
}
