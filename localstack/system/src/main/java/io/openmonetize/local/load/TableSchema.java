package io.openmonetize.local.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Tables as DescribeTable tells them, in JSON: which the import wants to know beforehand. */
final class TableSchema {
  private TableSchema() {}

  static String of(DynamoDbClient dynamoDb, String... names) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartArray();
      for (String name : names) {
        json.writeStartObject();
        json.writeObjectFieldStart("Table");
        write(dynamoDb.describeTable(t -> t.tableName(name)).table(), json);
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  private static void write(TableDescription table, JsonGenerator json) throws IOException {
    json.writeStringField("TableName", table.tableName());
    write(table.keySchema(), json);
    json.writeArrayFieldStart("AttributeDefinitions");
    for (AttributeDefinition attribute : table.attributeDefinitions()) {
      json.writeStartObject();
      json.writeStringField("AttributeName", attribute.attributeName());
      json.writeStringField("AttributeType", attribute.attributeTypeAsString());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("GlobalSecondaryIndexes");
    for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
      json.writeStartObject();
      json.writeStringField("IndexName", index.indexName());
      write(index.keySchema(), json);
      json.writeObjectFieldStart("Projection");
      json.writeStringField("ProjectionType", index.projection().projectionTypeAsString());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(List<KeySchemaElement> key, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("KeySchema");
    for (KeySchemaElement element : key) {
      json.writeStartObject();
      json.writeStringField("AttributeName", element.attributeName());
      json.writeStringField("KeyType", element.keyTypeAsString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
