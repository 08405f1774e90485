package io.openmonetize.packaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The event that an event source mapping makes of messages; each one's id is its place. */
public final class SqsEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SqsEvent() {}

  public static byte[] of(List<String> bodies) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (String body : bodies) {
      ObjectNode record =
          records.addObject().put("messageId", Integer.toString(records.size() - 1));
      record.put("receiptHandle", "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a").put("body", body);
      ObjectNode attributes = record.putObject("attributes");
      attributes.put("ApproximateReceiveCount", "1").put("SentTimestamp", "1767225600000");
      attributes.put("SenderId", "AIDAIENQZJOLO23YVJ4VO").put("MessageGroupId", "acme");
      attributes.put("ApproximateFirstReceiveTimestamp", "1767225600100");
      record.putObject("messageAttributes");
      record.put("md5OfBody", "e4e68fb7bd0e697a0ae8f1bb342846b3").put("eventSource", "aws:sqs");
      record.put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:usage");
      record.put("awsRegion", "us-east-1");
    }
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
