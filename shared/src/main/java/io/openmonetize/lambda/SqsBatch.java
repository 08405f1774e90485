package io.openmonetize.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What an event source mapping of an SQS queue hands over. */
public record SqsBatch(List<Message> messages) {
  /**
   * @param receives how often it was received, this time included
   */
  public record Message(String id, String body, int receives) {}

  public SqsBatch {
    messages = List.copyOf(messages);
  }

  /**
   * @throws MalformedPayloadException for anything but such an event
   */
  public static SqsBatch read(byte[] event) throws MalformedPayloadException {
    List<Message> messages = new ArrayList<>();
    EventJson.read(
        event,
        (name, json) -> {
          if (!name.equals("Records")) {
            return false;
          }
          EventJson.array(json, record -> messages.add(message(record)));
          return true;
        });
    if (messages.isEmpty()) {
      // An answer without failures would say that whatever this was is booked.
      throw new MalformedPayloadException("The event has no messages");
    }
    return new SqsBatch(messages);
  }

  /**
   * The answer of a function that reports batch item failures.
   *
   * @param ids of the messages that shall come again
   */
  public static byte[] failures(Collection<String> ids) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    try (JsonGenerator json = EventJson.FACTORY.createGenerator(payload)) {
      json.writeStartObject();
      json.writeArrayFieldStart("batchItemFailures");
      for (String id : ids) {
        json.writeStartObject();
        json.writeStringField("itemIdentifier", id);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be written", e);
    }
    return payload.toByteArray();
  }

  private static Message message(JsonParser record) throws IOException {
    Reader reader = new Reader();
    EventJson.object(record, reader::field);
    if (reader.id.isEmpty()) {
      throw new MalformedPayloadException("A message has no id");
    }
    return new Message(reader.id, reader.body, reader.receives);
  }

  private static final class Reader {
    private String id = "";
    private String body = "";
    private int receives = 1;

    private boolean field(String name, JsonParser json) throws IOException {
      switch (name) {
        case "messageId" -> id = EventJson.text(json);
        case "body" -> body = EventJson.text(json);
        case "attributes" -> EventJson.object(json, this::attribute);
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean attribute(String name, JsonParser json) throws IOException {
      if (!name.equals("ApproximateReceiveCount")) {
        return false;
      }
      try {
        receives = Integer.parseInt(EventJson.text(json));
      } catch (NumberFormatException e) {
        throw new MalformedPayloadException("A message's receive count is no number");
      }
      return true;
    }
  }
}
