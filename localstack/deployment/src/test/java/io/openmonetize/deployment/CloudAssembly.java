package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a synthesis leaves: stacks with their templates and files. Nothing here knows a logical id.
 *
 * @param stacks each after those that it needs
 */
record CloudAssembly(List<Stack> stacks) {
  static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param assets what must be in a bucket before the stack is created
   */
  record Stack(String name, JsonNode template, List<Asset> assets) {
    List<Resource> resources() {
      return template.path("Resources").properties().stream()
          .map(entry -> new Resource(name, entry.getKey(), entry.getValue()))
          .toList();
    }

    boolean holdsData() {
      return resources().stream()
          .map(Resource::type)
          .anyMatch(type -> type.equals(TABLE) || type.equals(QUEUE));
    }
  }

  /**
   * @param bucket still with {@code ${AWS::AccountId}} and {@code ${AWS::Region}} in it
   */
  record Asset(Path source, String bucket, String key) {}

  /** A resource by its place: {@code id} is the logical one. */
  record Resource(String stack, String id, JsonNode definition) {
    String type() {
      return definition.path("Type").asText();
    }

    JsonNode properties() {
      return definition.path("Properties");
    }
  }

  static final String TABLE = "AWS::DynamoDB::GlobalTable";
  static final String QUEUE = "AWS::SQS::Queue";
  static final String FUNCTION = "AWS::Lambda::Function";
  static final String EVENT_SOURCE = "AWS::Lambda::EventSourceMapping";

  static CloudAssembly read(Path folder) throws IOException {
    JsonNode artifacts = read(folder, "manifest.json").path("artifacts");
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> artifact : artifacts.properties()) {
      if (artifact.getValue().path("type").asText().equals("aws:cloudformation:stack")) {
        Set<String> others = new TreeSet<>();
        artifact.getValue().path("dependencies").forEach(id -> others.add(id.asText()));
        needs.put(artifact.getKey(), others);
      }
    }
    needs.values().forEach(others -> others.retainAll(needs.keySet()));
    List<String> ordered = new ArrayList<>();
    while (ordered.size() < needs.size()) {
      List<String> ready =
          needs.keySet().stream()
              .filter(id -> !ordered.contains(id) && ordered.containsAll(needs.get(id)))
              .toList();
      if (ready.isEmpty()) {
        throw new IllegalStateException("the stacks need each other: " + needs);
      }
      ordered.addAll(ready);
    }
    List<Stack> stacks = new ArrayList<>();
    for (String id : ordered) {
      stacks.add(stack(folder, id, artifacts));
    }
    return new CloudAssembly(List.copyOf(stacks));
  }

  List<Resource> resources(String type) {
    return stacks.stream()
        .flatMap(stack -> stack.resources().stream())
        .filter(resource -> resource.type().equals(type))
        .toList();
  }

  /** The only one of its type. */
  Resource resource(String type) {
    List<Resource> found = resources(type);
    if (found.size() != 1) {
      throw new IllegalStateException("%d resources are of type %s".formatted(found.size(), type));
    }
    return found.getFirst();
  }

  Set<String> types() {
    return stacks.stream()
        .flatMap(stack -> stack.resources().stream())
        .map(Resource::type)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stack stack(Path folder, String id, JsonNode artifacts) throws IOException {
    JsonNode artifact = artifacts.path(id);
    List<Asset> assets = new ArrayList<>();
    for (JsonNode dependency : artifact.path("dependencies")) {
      JsonNode other = artifacts.path(dependency.asText());
      if (other.path("type").asText().equals("cdk:asset-manifest")) {
        JsonNode manifest = read(folder, other.path("properties").path("file").asText());
        for (JsonNode file : manifest.path("files")) {
          addAssets(folder, file, assets);
        }
      }
    }
    return new Stack(
        artifact.path("properties").path("stackName").asText(id),
        read(folder, artifact.path("properties").path("templateFile").asText()),
        List.copyOf(assets));
  }

  private static void addAssets(Path folder, JsonNode file, List<Asset> assets) {
    Path source = folder.resolve(file.path("source").path("path").asText());
    if (!Files.isRegularFile(source)) {
      throw new IllegalStateException(source + " is not a single file");
    }
    for (JsonNode destination : file.path("destinations")) {
      assets.add(
          new Asset(
              source,
              destination.path("bucketName").asText(),
              destination.path("objectKey").asText()));
    }
  }

  private static JsonNode read(Path folder, String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }
}
