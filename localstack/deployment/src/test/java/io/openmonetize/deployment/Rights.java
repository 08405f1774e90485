package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.deployment.CloudAssembly.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a function's role may do, as the template's policies say: single actions at single
 * resources, without wildcards or conditions.
 */
final class Rights {
  /** An action at a resource, by its ARN. */
  record Right(String action, String resource) {}

  private static final Map<String, String> OF_TRANSACTIONS =
      Map.of(
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem",
          "Get", "GetItem");

  private final CloudAssembly assembly;
  private final References references;
  private final Set<Right> granted = new HashSet<>();

  private Rights(CloudAssembly assembly, References references) {
    this.assembly = assembly;
    this.references = references;
  }

  static Rights of(Resource function, CloudAssembly assembly, References references) {
    Rights rights = new Rights(assembly, references);
    String role = function.properties().path("Role").path("Fn::GetAtt").path(0).asText();
    for (Resource policy : assembly.resources("AWS::IAM::Policy")) {
      boolean attached =
          policy.stack().equals(function.stack())
              && policy
                  .properties()
                  .path("Roles")
                  .valueStream()
                  .anyMatch(named -> named.path("Ref").asText().equals(role));
      if (attached) {
        policy
            .properties()
            .path("PolicyDocument")
            .path("Statement")
            .forEach(statement -> rights.add(function.stack(), statement));
      }
    }
    return rights;
  }

  private void add(String stack, JsonNode statement) {
    for (String action : each(statement.path("Action")).map(JsonNode::asText).toList()) {
      each(statement.path("Resource"))
          .flatMap(resource -> references.text(stack, resource).stream())
          .forEach(resource -> granted.add(new Right(action, resource)));
    }
  }

  private static Stream<JsonNode> each(JsonNode oneOrMore) {
    return oneOrMore.isArray() ? oneOrMore.valueStream() : Stream.of(oneOrMore);
  }

  /**
   * Those that a call needs and the role lacks. What no template declares, such as a table that a
   * test makes up, is no matter of rights.
   *
   * @param target of the JSON protocol, as {@code DynamoDB_20120810.GetItem}
   */
  List<Right> lacking(String target, JsonNode call) {
    String operation = target.substring(target.indexOf('.') + 1);
    List<Right> needed =
        target.startsWith("AmazonSQS.") ? ofQueue(operation, call) : ofTables(operation, call);
    return needed.stream().filter(right -> !granted.contains(right)).toList();
  }

  private List<Right> ofQueue(String operation, JsonNode call) {
    String url = call.path("QueueUrl").asText(call.path("QueueName").asText());
    String name = url.substring(url.lastIndexOf('/') + 1);
    return arn(CloudAssembly.QUEUE, "QueueName", name)
        .map(arn -> List.of(new Right("sqs:" + operation.replaceFirst("Batch$", ""), arn)))
        .orElse(List.of());
  }

  private List<Right> ofTables(String operation, JsonNode call) {
    List<Right> needed = new ArrayList<>();
    switch (operation) {
      case "TransactWriteItems", "TransactGetItems" ->
          call.path("TransactItems")
              .forEach(
                  item ->
                      item.properties()
                          .forEach(
                              part ->
                                  table(
                                      needed,
                                      OF_TRANSACTIONS.get(part.getKey()),
                                      part.getValue().path("TableName").asText(),
                                      "")));
      case "BatchGetItem", "BatchWriteItem" ->
          call.path("RequestItems")
              .properties()
              .forEach(part -> table(needed, operation, part.getKey(), ""));
      default -> {
        String index = call.path("IndexName").asText("");
        table(
            needed,
            operation,
            call.path("TableName").asText(),
            index.isEmpty() ? "" : "/index/" + index);
      }
    }
    return needed;
  }

  private void table(List<Right> needed, String operation, String name, String index) {
    arn(CloudAssembly.TABLE, "", name)
        .ifPresent(arn -> needed.add(new Right("dynamodb:" + operation, arn + index)));
  }

  /**
   * @param attribute that is the name; empty where that is what a reference gives
   */
  private Optional<String> arn(String type, String attribute, String name) {
    return assembly.resources(type).stream()
        .map(references::of)
        .filter(
            made ->
                name.equals(
                    attribute.isEmpty() ? made.reference() : made.attributes().get(attribute)))
        .map(made -> made.attributes().get("Arn"))
        .findFirst();
  }
}
