package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/** A template's table as DynamoDB's own request. */
final class DeclaredTable {
  /**
   * What is read here, and {@code Replicas}, whose backups and protections are AWS's own matter. A
   * new property must be dealt with before the suite may call the table "as declared".
   */
  private static final Set<String> KNOWN =
      Set.of(
          "AttributeDefinitions",
          "BillingMode",
          "GlobalSecondaryIndexes",
          "KeySchema",
          "Replicas",
          "SSESpecification",
          "TimeToLiveSpecification");

  private DeclaredTable() {}

  static CreateTableRequest request(JsonNode properties, String name) {
    Set<String> unknown = new TreeSet<>();
    properties.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("the suite does not know the table's " + unknown);
    }
    CreateTableRequest.Builder table =
        CreateTableRequest.builder()
            .tableName(name)
            .keySchema(key(properties))
            .attributeDefinitions(attributes(properties))
            .billingMode(properties.path("BillingMode").asText());
    JsonNode encryption = properties.path("SSESpecification").path("SSEEnabled");
    if (encryption.isBoolean()) {
      table.sseSpecification(sse -> sse.enabled(encryption.asBoolean()));
    }
    List<GlobalSecondaryIndex> indexes = indexes(properties);
    return (indexes.isEmpty() ? table : table.globalSecondaryIndexes(indexes)).build();
  }

  static Optional<TimeToLiveSpecification> expiry(JsonNode properties) {
    JsonNode expiry = properties.path("TimeToLiveSpecification");
    return expiry.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            TimeToLiveSpecification.builder()
                .attributeName(expiry.path("AttributeName").asText())
                .enabled(expiry.path("Enabled").asBoolean())
                .build());
  }

  static List<KeySchemaElement> key(JsonNode of) {
    List<KeySchemaElement> key = new ArrayList<>();
    for (JsonNode element : of.path("KeySchema")) {
      key.add(
          KeySchemaElement.builder()
              .attributeName(element.path("AttributeName").asText())
              .keyType(element.path("KeyType").asText())
              .build());
    }
    return key;
  }

  static List<GlobalSecondaryIndex> indexes(JsonNode properties) {
    List<GlobalSecondaryIndex> indexes = new ArrayList<>();
    for (JsonNode index : properties.path("GlobalSecondaryIndexes")) {
      indexes.add(
          GlobalSecondaryIndex.builder()
              .indexName(index.path("IndexName").asText())
              .keySchema(key(index))
              .projection(
                  p -> p.projectionType(index.path("Projection").path("ProjectionType").asText()))
              .build());
    }
    return indexes;
  }

  static List<AttributeDefinition> attributes(JsonNode properties) {
    List<AttributeDefinition> attributes = new ArrayList<>();
    for (JsonNode attribute : properties.path("AttributeDefinitions")) {
      attributes.add(
          AttributeDefinition.builder()
              .attributeName(attribute.path("AttributeName").asText())
              .attributeType(attribute.path("AttributeType").asText())
              .build());
    }
    return attributes;
  }
}
