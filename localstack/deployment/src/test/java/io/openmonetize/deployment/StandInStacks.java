package io.openmonetize.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.deployment.CloudAssembly.Resource;
import io.openmonetize.deployment.CloudAssembly.Stack;
import io.openmonetize.deployment.Provisioner.Provisioned;
import io.openmonetize.deployment.References.Made;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stacks as CloudFormation has them. Tables and queues are made; of functions and event sources
 * their settings are kept; the rest gets a name. Insists on what the real one insists on: the files
 * in their buckets, the right to make roles.
 */
final class StandInStacks {
  private static final String ACCOUNT = "000000000000";

  /** What a request was refused for. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  private record Live(String status, JsonNode template, Provisioned data) {}

  private final CloudAssembly assembly;
  private final AwsServer server;
  private final @Nullable String refused;
  private final BiPredicate<String, String> isInBucket;
  private final References references;
  private final Map<String, Live> stacks = new LinkedHashMap<>();
  private boolean enabled = true;

  StandInStacks(
      CloudAssembly assembly,
      AwsServer server,
      @Nullable String refused,
      BiPredicate<String, String> isInBucket) {
    this.assembly = assembly;
    this.server = server;
    this.refused = refused;
    this.isInBucket = isInBucket;
    this.references = new References(assembly, server.region(), ACCOUNT);
  }

  Set<String> names() {
    return stacks.keySet();
  }

  boolean enabled() {
    return enabled;
  }

  /** The result's inner XML. */
  String act(String action, Map<String, String> form) {
    String name = form.getOrDefault("StackName", "");
    return switch (action) {
      case "ListStacks" -> "<StackSummaries/>";
      case "CreateStack" -> create(name, form);
      case "DescribeStacks" ->
          "<Stacks><member>%s<StackStatus>%s</StackStatus></member></Stacks>"
              .formatted(element("StackName", name), live(name).status());
      case "DescribeStackResources" -> resources(name);
      case "DescribeStackEvents" ->
          "<StackEvents><member>%s%s%s%s</member></StackEvents>"
              .formatted(
                  element("ResourceStatus", "CREATE_FAILED"),
                  element("ResourceType", String.valueOf(refused)),
                  element("LogicalResourceId", "Some"),
                  element("ResourceStatusReason", "not supported here"));
      case "DeleteStack" -> {
        live(name).data().close();
        stacks.remove(name);
        yield "";
      }
      default -> throw new RefusedException("CloudFormation was asked to " + action);
    };
  }

  JsonNode function(String name) {
    Resource function =
        assembly.resources(CloudAssembly.FUNCTION).stream()
            .filter(each -> references.of(each).reference().equals(name))
            .findFirst()
            .orElseThrow();
    ObjectNode there = function.properties().deepCopy();
    there.retain("Environment", "Handler", "MemorySize", "Runtime", "Timeout");
    JsonNode declared = function.properties().path("Environment").path("Variables");
    for (Map.Entry<String, JsonNode> variable : declared.properties()) {
      String value = references.text(function.stack(), variable.getValue()).orElse("?");
      there.withObject("/Environment/Variables").put(variable.getKey(), value);
    }
    return there;
  }

  ObjectNode eventSource() {
    Resource source = assembly.resource(CloudAssembly.EVENT_SOURCE);
    ObjectNode there = source.properties().deepCopy();
    there.retain("BatchSize", "FunctionResponseTypes");
    there.put("UUID", references.of(source).reference());
    there.put(
        "EventSourceArn",
        references.text(source.stack(), source.properties().path("EventSourceArn")).orElseThrow());
    return there.put("State", enabled ? "Enabled" : "Disabled");
  }

  ObjectNode setEnabled(boolean to) {
    enabled = to;
    return eventSource();
  }

  private String create(String name, Map<String, String> form) {
    if (!form.containsValue("CAPABILITY_IAM")) {
      throw new RefusedException("Requires capabilities : [CAPABILITY_IAM]");
    }
    Stack declared =
        assembly.stacks().stream()
            .filter(stack -> stack.name().equals(name))
            .findFirst()
            .orElseThrow();
    JsonNode template = template(form, declared);
    Stack stack = new Stack(name, template, declared.assets());
    CloudAssembly alone = new CloudAssembly(List.of(stack));
    Provisioned data = new DeclaredProvisioner(server).provision(alone, new Checks("stand-in"));
    boolean fails = false;
    for (Resource resource : stack.resources()) {
      fails |= resource.type().equals(refused) || lacksCode(resource);
      references.put(
          resource,
          data.references()
              .find(resource)
              .orElseGet(() -> new Made(name + "-" + resource.id(), Map.of())));
    }
    stacks.put(name, new Live(fails ? "CREATE_FAILED" : "CREATE_COMPLETE", template, data));
    return element("StackId", name);
  }

  /** From the request, or else from the bucket that it names. */
  private JsonNode template(Map<String, String> form, Stack declared) {
    String url = form.get("TemplateURL");
    if (url != null) {
      String[] place = URI.create(url).getPath().substring(1).split("/", 2);
      if (!isInBucket.test(place[0], place[1])) {
        throw new RefusedException("S3 error: The specified key does not exist.");
      }
      return declared.template();
    }
    try {
      return CloudAssembly.JSON.readTree(form.get("TemplateBody"));
    } catch (JsonProcessingException e) {
      throw new RefusedException("Template format error");
    }
  }

  private boolean lacksCode(Resource resource) {
    JsonNode code = resource.properties().path("Code");
    if (!resource.type().equals(CloudAssembly.FUNCTION)) {
      return false;
    }
    String bucket = references.text(resource.stack(), code.path("S3Bucket")).orElseThrow();
    return !isInBucket.test(bucket, code.path("S3Key").asText());
  }

  private String resources(String name) {
    List<String> members = new ArrayList<>();
    for (Resource resource : new Stack(name, live(name).template(), List.of()).resources()) {
      members.add(
          element("LogicalResourceId", resource.id())
              + element("PhysicalResourceId", references.of(resource).reference())
              + element("ResourceType", resource.type()));
    }
    return members.stream()
        .map(member -> "<member>" + member + "</member>")
        .collect(Collectors.joining("", "<StackResources>", "</StackResources>"));
  }

  private Live live(String name) {
    Live live = stacks.get(name);
    if (live == null) {
      throw new RefusedException("Stack with id " + name + " does not exist");
    }
    return live;
  }

  private static String element(String name, String text) {
    return "<" + name + ">" + text + "</" + name + ">";
  }
}
