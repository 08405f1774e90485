package io.openmonetize.local.load;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values in DynamoDB's own JSON, of the types that the ledger uses. */
final class AttributeJson {
  private AttributeJson() {}

  static void write(Map<String, AttributeValue> members, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> member : members.entrySet()) {
      json.writeFieldName(member.getKey());
      write(member.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void write(AttributeValue value, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeFieldName(value.type().toString());
    switch (value.type()) {
      case S -> json.writeString(value.s());
      case N -> json.writeString(value.n());
      case B -> json.writeBinary(value.b().asByteArray());
      case BOOL -> json.writeBoolean(value.bool());
      case NUL -> json.writeBoolean(true);
      case M -> write(value.m(), json);
      case L -> {
        json.writeStartArray();
        for (AttributeValue element : value.l()) {
          write(element, json);
        }
        json.writeEndArray();
      }
      default -> throw new IllegalArgumentException("the ledger has no " + value.type());
    }
    json.writeEndObject();
  }
}
