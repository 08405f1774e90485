package io.openmonetize.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.Architecture;

/**
 * Both templates of one stage, made once for all tests, since one synthesis takes seconds.
 * Resources are named by their place in the construct tree below the stack, such as {@code
 * Tables/Usage}.
 */
final class SynthesizedSystem {
  /** As on the command line. */
  static final Map<String, Object> ALL_OPTIONS =
      Map.ofEntries(
          Map.entry("eventRetentionDays", "400"),
          Map.entry("priceOverrides", "/opt/prices.json"),
          Map.entry("proxyReservedConcurrency", "50"),
          Map.entry("alarmEmail", "operator@example.com"),
          Map.entry("alarmTopicArn", "arn:aws:sns:eu-west-1:123456789012:pager"),
          Map.entry("monthlyBudgetUsd", "200"),
          Map.entry("domainName", "om.example.com"),
          Map.entry("certificateArn", "arn:aws:acm:eu-west-1:123456789012:certificate/a-1"),
          Map.entry("hostedZoneId", "Z0123456789ABC"),
          Map.entry("cloudFront", "true"),
          Map.entry("cloudFrontReadTimeoutSeconds", "120"),
          Map.entry("proxyCertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/b-2"));

  private static final String PATH = "aws:cdk:path";

  private final Path folder;
  private final Template storage;
  private final Template services;
  private final @Nullable Template edge;

  private SynthesizedSystem(Stage stage, String name, Map<String, Object> context) {
    folder = Path.of("target", "templates", name);
    Map<String, Object> all = new HashMap<>(context);
    all.put("aws:cdk:enable-path-metadata", true);
    App app = new App(AppProps.builder().outdir(folder.toString()).context(all).build());
    Artefacts artefacts =
        new Artefacts(
            artefact("proxy"),
            artefact("ingest-api"),
            artefact("ingest-worker"),
            artefact("query"));
    Deployment deployment = Deployment.of(app, stage, artefacts);
    storage = Template.fromStack(deployment.storage());
    services = Template.fromStack(deployment.services());
    edge = deployment.edge().map(Template::fromStack).orElse(null);
  }

  private static Artefact artefact(String function) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "artefacts"));
      Path file = folder.resolve(function + ".zip");
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
        ZipEntry entry = new ZipEntry(function);
        // Else it would be now, and no two syntheses would have the same packages.
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
      }
      return new Artefact(file, Architecture.X86_64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SynthesizedSystem of(Stage stage) {
    return switch (stage) {
      case DEV -> Dev.SYSTEM;
      case PRODUCTION -> Production.SYSTEM;
    };
  }

  /** With every option that there is, but for none that excludes another. */
  static SynthesizedSystem withAllOptions(Stage stage) {
    return switch (stage) {
      case DEV -> FullDev.SYSTEM;
      case PRODUCTION -> FullProduction.SYSTEM;
    };
  }

  /**
   * @param name of the folder for its templates
   * @param context as given on the command line
   */
  static SynthesizedSystem of(Stage stage, String name, Map<String, Object> context) {
    return new SynthesizedSystem(stage, name, context);
  }

  /** A function's environment. */
  Map<String, Object> variables(String box) {
    Map<String, Object> environment = object(properties(box + "/Function").get("Environment"));
    return object(environment.get("Variables"));
  }

  private static final class Dev {
    static final SynthesizedSystem SYSTEM =
        new SynthesizedSystem(Stage.DEV, Stage.DEV.configName(), Map.of());
  }

  private static final class Production {
    static final SynthesizedSystem SYSTEM =
        new SynthesizedSystem(Stage.PRODUCTION, Stage.PRODUCTION.configName(), Map.of());
  }

  private static final class FullDev {
    static final SynthesizedSystem SYSTEM =
        new SynthesizedSystem(Stage.DEV, "dev-full", ALL_OPTIONS);
  }

  private static final class FullProduction {
    static final SynthesizedSystem SYSTEM =
        new SynthesizedSystem(Stage.PRODUCTION, "production-full", ALL_OPTIONS);
  }

  /** Where templates and reports were written. */
  Path folder() {
    return folder;
  }

  Template storage() {
    return storage;
  }

  Template services() {
    return services;
  }

  /** The template for us-east-1; fails where the proxy is not behind CloudFront. */
  Template edge() {
    if (edge == null) {
      throw new AssertionError("there is no stack at the edge");
    }
    return edge;
  }

  /** All templates there are. */
  List<Template> all() {
    return edge == null ? List.of(storage, services) : List.of(storage, services, edge);
  }

  /** The whole resource, deletion policy included. */
  Map<String, Object> resource(String path) {
    return all().stream()
        .flatMap(template -> object(template.toJSON().get("Resources")).values().stream())
        .map(SynthesizedSystem::object)
        .filter(resource -> path.equals(path(resource)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no resource at " + path));
  }

  Map<String, Object> properties(String path) {
    return object(resource(path).get("Properties"));
  }

  /** A value of the services' template as text, references replaced by what they point at. */
  String describe(@Nullable Object value) {
    return describe(services, value);
  }

  /** A value of either template. */
  String describe(Template template, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> function)) {
      return String.valueOf(value);
    }
    Map.Entry<?, ?> call = function.entrySet().iterator().next();
    return switch (call.getKey().toString()) {
      case "Ref" -> pathOf(template, call.getValue());
      case "Fn::GetAtt" -> {
        List<?> target = (List<?>) call.getValue();
        yield pathOf(template, target.get(0)) + "." + target.get(1);
      }
      case "Fn::ImportValue" -> describe(storage, exported(call.getValue().toString()));
      case "Fn::Join" ->
          ((List<?>) ((List<?>) call.getValue()).get(1))
              .stream().map(part -> describe(template, part)).collect(Collectors.joining());
      default -> throw new AssertionError("cannot describe " + value);
    };
  }

  private @Nullable Object exported(String name) {
    return object(storage.toJSON().get("Outputs")).values().stream()
        .map(SynthesizedSystem::object)
        .filter(output -> name.equals(object(output.get("Export")).get("Name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing is exported as " + name))
        .get("Value");
  }

  private static String pathOf(Template template, Object logicalId) {
    Map<String, Object> resources = object(template.toJSON().get("Resources"));
    return resources.containsKey(logicalId)
        ? path(object(resources.get(logicalId)))
        // AWS::Region and its like.
        : logicalId.toString();
  }

  private static String path(Map<String, Object> resource) {
    String path = object(resource.get("Metadata")).get(PATH).toString();
    return path.substring(path.indexOf('/') + 1).replaceFirst("/Resource$", "");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return (Map<String, Object>) value;
    }
    throw new AssertionError("no object: " + value);
  }

  static List<?> list(@Nullable Object value) {
    return switch (value) {
      case List<?> many -> many;
      case null -> List.of();
      default -> List.of(value);
    };
  }
}
