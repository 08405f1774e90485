package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.deployment.CloudAssembly.Resource;
import io.openmonetize.deployment.CloudAssembly.Stack;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a template's intrinsic functions stand for, as far as the resources are made. */
final class References {
  /**
   * A resource as it is.
   *
   * @param reference what {@code Ref} gives
   * @param attributes what {@code Fn::GetAtt} gives, as far as it is known
   */
  record Made(String reference, Map<String, String> attributes) {}

  private record Place(String stack, String id) {}

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

  private final CloudAssembly assembly;
  private final Map<String, String> pseudo;
  private final Map<Place, Made> made = new HashMap<>();

  References(CloudAssembly assembly, String region, String account) {
    this.assembly = assembly;
    this.pseudo =
        Map.of(
            "AWS::Region",
            region,
            "AWS::AccountId",
            account,
            "AWS::Partition",
            "aws",
            "AWS::URLSuffix",
            "amazonaws.com");
  }

  void put(Resource resource, Made as) {
    made.put(new Place(resource.stack(), resource.id()), as);
  }

  Optional<Made> find(Resource resource) {
    return Optional.ofNullable(made.get(new Place(resource.stack(), resource.id())));
  }

  /**
   * @throws IllegalStateException when it was not made
   */
  Made of(Resource resource) {
    return find(resource)
        .orElseThrow(() -> new IllegalStateException(resource.id() + " was not made"));
  }

  /** The value as text; empty when it stands for something that was not made here. */
  Optional<String> text(String stack, JsonNode value) {
    if (value.isValueNode()) {
      return Optional.of(value.asText());
    }
    if (value.size() != 1) {
      return Optional.empty();
    }
    Map.Entry<String, JsonNode> call = value.properties().iterator().next();
    JsonNode argument = call.getValue();
    return switch (call.getKey()) {
      case "Ref" -> reference(stack, argument.asText());
      case "Fn::GetAtt" -> attribute(stack, argument);
      case "Fn::ImportValue" -> text(stack, argument).flatMap(this::exported);
      case "Fn::Join" -> join(stack, argument);
      case "Fn::Sub" -> argument.isTextual() ? filled(stack, argument.asText()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** A text with {@code ${…}} in it, filled in. */
  Optional<String> filled(String stack, String text) {
    StringBuilder filled = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      Optional<String> value = reference(stack, placeholder.group(1));
      if (value.isEmpty()) {
        return value;
      }
      placeholder.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(placeholder.appendTail(filled).toString());
  }

  private Optional<String> reference(String stack, String id) {
    return Optional.ofNullable(pseudo.get(id))
        .or(() -> Optional.ofNullable(made.get(new Place(stack, id))).map(Made::reference));
  }

  private Optional<String> attribute(String stack, JsonNode of) {
    return Optional.ofNullable(made.get(new Place(stack, of.path(0).asText())))
        .map(found -> found.attributes().get(of.path(1).asText()));
  }

  private Optional<String> join(String stack, JsonNode of) {
    StringBuilder joined = new StringBuilder();
    String separator = "";
    for (JsonNode part : of.path(1)) {
      Optional<String> text = text(stack, part);
      if (text.isEmpty()) {
        return text;
      }
      joined.append(separator).append(text.get());
      separator = of.path(0).asText();
    }
    return Optional.of(joined.toString());
  }

  private Optional<String> exported(String name) {
    for (Stack stack : assembly.stacks()) {
      for (JsonNode output : stack.template().path("Outputs")) {
        if (text(stack.name(), output.path("Export").path("Name")).equals(Optional.of(name))) {
          return text(stack.name(), output.path("Value"));
        }
      }
    }
    return Optional.empty();
  }
}
