package io.openmonetize.local.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The event that Lambda makes of a batch of SQS messages. */
final class SqsEventJson {
  private static final JsonFactory JSON = new JsonFactory();

  private SqsEventJson() {}

  static byte[] write(List<Message> batch, String queueUrl) {
    String queueName = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(event)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      for (Message message : batch) {
        record(json, message, "arn:aws:sqs:us-east-1:000000000000:" + queueName);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return event.toByteArray();
  }

  private static void record(JsonGenerator json, Message message, String queueArn)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("messageId", message.messageId());
    json.writeStringField("receiptHandle", message.receiptHandle());
    json.writeStringField("body", message.body());
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> attribute : message.attributesAsStrings().entrySet()) {
      json.writeStringField(attribute.getKey(), attribute.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("messageAttributes");
    for (Map.Entry<String, MessageAttributeValue> attribute :
        message.messageAttributes().entrySet()) {
      json.writeObjectFieldStart(attribute.getKey());
      json.writeStringField("stringValue", attribute.getValue().stringValue());
      json.writeStringField("dataType", attribute.getValue().dataType());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeStringField("md5OfBody", message.md5OfBody());
    json.writeStringField("eventSource", "aws:sqs");
    json.writeStringField("eventSourceARN", queueArn);
    json.writeStringField("awsRegion", "us-east-1");
    json.writeEndObject();
  }
}
